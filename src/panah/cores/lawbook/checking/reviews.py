"""A review holds for the file as it was read; after an edit it is void and has to go or be renewed."""

from collections.abc import Iterator
from hashlib import sha256

from panah.cores.lawbook.checking.problem import Problem
from panah.cores.lawbook.loading import Part


def check_reviews(part: Part) -> Iterator[Problem]:
    """Reviews of files that do not exist or have changed since."""
    path = f"{part.code}/reviews.yaml"
    for review in part.reviews:
        if review.file not in part.files:
            yield Problem(path, "the reviewed file does not exist", f"'{review.file}'", remedy="Remove the entry.")
            continue
        digest = sha256(part.files[review.file]).hexdigest()
        if digest != review.digest:
            yield Problem(
                path,
                f"the review of '{review.file}' by {review.reviewer} is void: the file has changed since",
                f"the digest {review.digest[:12]}…",
                f"{digest[:12]}…",
                "Ask for a new review, or remove the entry.",
            )
