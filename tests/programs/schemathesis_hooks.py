"""What schemathesis cannot know by itself."""

import os
import re

import schemathesis


@schemathesis.hook
def before_call(context, case, kwargs):
    # It finds the id of its own token in the list of them, and revokes it: all else would be 401 from then on.
    if case.path_parameters and case.path_parameters.get("id") == os.environ["OWN_TOKEN_ID"]:
        case.path_parameters["id"] = "another"
    if not case.meta or not case.meta.generation.mode.is_positive:
        return
    # What is invalid is sent as it is. A valid request is one:
    # A cursor is opaque: it comes from the page before, under the same keys, or it is 400. `tests/it/lists.rs` walks
    # pages by real ones.
    for part in (case.query, case.body):
        if isinstance(part, dict):
            part.pop("cursor", None)
    # Now and then a header of an invalid request is taken over, which does not match the pattern in the document.
    for parameter in case.operation.definition.raw.get("parameters", []):
        pattern, value = parameter["schema"].get("pattern"), (case.headers or {}).get(parameter["name"])
        if parameter["in"] == "header" and pattern and value is not None and not re.search(pattern, str(value)):
            del case.headers[parameter["name"]]
