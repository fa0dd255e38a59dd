-- The ledger stands before any migration, so that the first one is recorded like the rest.
CREATE SCHEMA IF NOT EXISTS ops;

CREATE TABLE IF NOT EXISTS ops.migrations (
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);
COMMENT ON TABLE ops.migrations IS 'Migrations applied, each in its own transaction.';
COMMENT ON COLUMN ops.migrations.name IS 'File name under warehouse/migrations, or views and macros: made anew when they change.';
COMMENT ON COLUMN ops.migrations.sha256 IS 'Hex SHA-256 of the file, or files, as applied.';
COMMENT ON COLUMN ops.migrations.applied_at IS 'When, UTC.';
