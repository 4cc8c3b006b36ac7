"""What schemathesis cannot make up by itself."""

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    """A cursor is opaque: it comes from the page before, under the same keys, or it is 400. A test of valid requests
    leaves a made-up one out; what is invalid is sent as it is. `tests/it/lists.rs` walks pages by real cursors."""
    if not case.meta or not case.meta.generation.mode.is_positive:
        return
    for part in (case.query, case.body):
        if isinstance(part, dict):
            part.pop("cursor", None)
