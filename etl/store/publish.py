"""Giving readers a new snapshot without their noticing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

CHUNK_BYTES = 4 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was last published: the digest both files had, the writer's and the readers'."""

    sha256: str
    file_bytes: int
    published_at: str


def publish_snapshot(live: Path, published: Path, *, now: datetime) -> Manifest:
    """Copy the closed database `live` over `published` in one step and return its manifest.

    Readers that hold the old file keep it; those that open the name get the old or the new one
    whole. The copy is on disk before it is named, and digested on the way, so that `verify` can
    tell whether anyone but us changed either file. Its manifest waits under a name of its own
    until the copy is named: killed in between, `settle_publication` tells which of them is true.
    """
    digest = hashlib.sha256()
    fresh = published.with_name(f".{published.name}.new")
    with live.open("rb") as source, fresh.open("wb") as target:
        while chunk := source.read(CHUNK_BYTES):
            digest.update(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    manifest = Manifest(
        sha256=digest.hexdigest(), file_bytes=fresh.stat().st_size, published_at=now.isoformat()
    )
    _write_manifest(_pending_path(live), manifest)
    fresh.replace(published)
    sync_folder(published.parent)
    _pending_path(live).replace(manifest_path(live))
    mark_published(live)
    return manifest


def restore_live(live: Path, published: Path) -> None:
    """Begin again from the snapshot when the writer's own database is gone.

    Without this, a new empty one would be published over everything readers had.
    """
    if live.exists() or not published.exists():
        return
    live.with_name(f"{live.name}.wal").unlink(missing_ok=True)
    fresh = live.with_name(f".{live.name}.new")
    shutil.copyfile(published, fresh)
    fresh.replace(live)


def settle_publication(live: Path, published: Path) -> None:
    """Finish or forget what a killed `publish_snapshot` left: the manifest names what is there."""
    pending = _read(_pending_path(live))
    if pending is None:
        return
    if published.exists() and digest_file(published) == pending.sha256:
        _pending_path(live).replace(manifest_path(live))
    else:
        _pending_path(live).unlink()


def mark_ahead(live: Path) -> None:
    """Record, on disk, that `live` is about to differ from what is published."""
    _ahead_path(live).touch()
    sync_folder(live.parent)


def mark_published(live: Path) -> None:
    """Record that `live` is what is published."""
    _ahead_path(live).unlink(missing_ok=True)


def is_ahead(live: Path) -> bool:
    """Return whether the writer has changed `live` since it was last published."""
    return _ahead_path(live).exists()


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def manifest_path(live: Path) -> Path:
    """Return where the manifest of the warehouse at `live` lies."""
    return live.with_name("published.json")


def read_manifest(live: Path) -> Manifest | None:
    """Return the manifest last written, None when nothing was ever published."""
    return _read(manifest_path(live))


def read_manifests(live: Path) -> tuple[Manifest, ...]:
    """Return the manifests one of which names what is published: two if we were killed between."""
    found = (_read(manifest_path(live)), _read(_pending_path(live)))
    return tuple(manifest for manifest in found if manifest is not None)


def _pending_path(live: Path) -> Path:
    return live.with_name("publishing.json")


def _ahead_path(live: Path) -> Path:
    return live.with_name("unpublished")


def _read(path: Path) -> Manifest | None:
    try:
        return Manifest(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None


def _write_manifest(path: Path, manifest: Manifest) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(manifest)) + "\n", "utf-8")
    fresh.replace(path)


def sync_folder(folder: Path) -> None:
    """Return once the names in `folder` are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
