"""Runs a program to which the system refuses calls, as a file system does that cannot do what they ask for.

refusing.py CALL=ERROR... -- PROGRAM ARGUMENT...

Of renameat2, what a plain rename cannot do is refused: two names that are exchanged, a name that must be free.
"""

import ctypes
import errno
import os
import platform
import struct
import sys

CALLS = {
    "x86_64": {"fsetxattr": 190, "fremovexattr": 199, "linkat": 265, "renameat2": 316},
    "aarch64": {"fsetxattr": 7, "fremovexattr": 16, "linkat": 37, "renameat2": 276},
}[platform.machine()]

# linux/bpf_common.h, linux/seccomp.h, linux/prctl.h
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NO_NEW_PRIVS, SECCOMP, FILTER = 38, 22, 2
NUMBER, FIFTH_ARGUMENT = 0, 16 + 4 * 8


def refuse(call, error):
    """Four or two steps; the one behind them is reached by other calls."""
    end = [(RETURN, 0, 0, REFUSE | getattr(errno, error))]
    if call == "renameat2":
        # Without a flag it is a plain rename.
        end = [(LOAD, 0, 0, FIFTH_ARGUMENT), (IF_EQUAL, 1, 0, 0), *end, (LOAD, 0, 0, NUMBER)]
    return [(IF_EQUAL, 0, len(end), CALLS[call]), *end]


def main():
    at = sys.argv.index("--")
    steps = [(LOAD, 0, 0, NUMBER)]
    for refused in sys.argv[1:at]:
        steps += refuse(*refused.split("="))
    steps.append((RETURN, 0, 0, ALLOW))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    held = ctypes.create_string_buffer(code)
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(held))
    system = ctypes.CDLL(None, use_errno=True)
    for arguments in [(NO_NEW_PRIVS, 1, 0, 0, 0), (SECCOMP, FILTER, program, 0, 0)]:
        if system.prctl(*arguments) != 0:
            sys.exit(f"calls cannot be refused here: {os.strerror(ctypes.get_errno())}")
    os.execv(sys.argv[at + 1], sys.argv[at + 1 :])


main()
