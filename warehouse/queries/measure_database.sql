-- Size of the database file and how much of it is free.
SELECT block_size * total_blocks AS file_bytes, block_size * free_blocks AS free_bytes
FROM pragma_database_size()
WHERE database_name = current_database();
