"""Runs a program and counts its system calls on some folders; at the n-th, something happens.

steps.py SOCKET FOLDER... [THING@N...] -- PROGRAM ARGUMENT...

Who connects to the socket (a path) sends lines and gets a line for each:
  plan THING@N...   counts anew from 1. At the N-th call (@* at each), before it is made, the THING happens:
                    ERROR (as EIO)        the call fails
                    made:ERROR            a rename is made, and fails all the same, as over a network
                    kill                  the program is killed
                    move:FROM:TO          FROM is moved over TO, as another program does that replaces files
                    rewrite:FROM:TO       the bytes of FROM are written into TO in place
                    sleep:MS              the call takes so long
                    A THING may begin with a filter, in brackets: [fsync] that call alone, [fsync/] only on a folder,
                    [read:NAME] only where the path ends so. N then counts what passes the filter.
  count             how many calls there were since, and their names with what they were on
"""

import ctypes
import errno
import os
import platform
import select
import signal
import socket
import struct
import sys
import threading
import time

# Of each call, which argument is a descriptor (d), a folder's descriptor before a path (f), a path (p).
ARGUMENTS = {
    "read": "d", "write": "d", "pread64": "d", "pwrite64": "d", "fstat": "d", "fsync": "d", "fdatasync": "d",
    "ftruncate": "d", "getdents64": "d", "fchmod": "d", "fchown": "d", "fgetxattr": "d", "fsetxattr": "d",
    "fremovexattr": "d", "openat": "fp", "newfstatat": "fp", "unlinkat": "fp", "renameat": "fpfp", "linkat": "fpfp",
    "renameat2": "fpfp", "statx": "fp", "open": "p", "stat": "p", "lstat": "p", "rename": "pp", "unlink": "p",
    "mkdir": "p", "inotify_add_watch": "-p",
}
NUMBERS = {
    "x86_64": {
        "read": 0, "write": 1, "open": 2, "stat": 4, "fstat": 5, "lstat": 6, "pread64": 17, "pwrite64": 18,
        "fsync": 74, "fdatasync": 75, "ftruncate": 77, "rename": 82, "mkdir": 83, "unlink": 87, "fchmod": 91,
        "fchown": 93, "fsetxattr": 190, "fgetxattr": 193, "fremovexattr": 199, "getdents64": 217,
        "inotify_add_watch": 254, "openat": 257, "newfstatat": 262, "unlinkat": 263, "renameat": 264, "linkat": 265,
        "renameat2": 316, "statx": 332,
    },
    "aarch64": {
        "fsetxattr": 7, "fgetxattr": 10, "fremovexattr": 16, "inotify_add_watch": 27, "unlinkat": 35, "linkat": 37,
        "renameat": 38, "ftruncate": 46, "fchmod": 52, "fchown": 55, "openat": 56, "getdents64": 61, "read": 63,
        "write": 64, "pread64": 67, "pwrite64": 68, "newfstatat": 79, "fstat": 80, "fsync": 82, "fdatasync": 83,
        "renameat2": 276, "statx": 291,
    },
}[platform.machine()]
NAMES = {number: name for name, number in NUMBERS.items()}
SECCOMP = {"x86_64": 317, "aarch64": 277}[platform.machine()]

# linux/bpf_common.h, linux/seccomp.h, linux/prctl.h, linux/fcntl.h
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ASK = 0x7FFF0000, 0x7FC00000
NO_NEW_PRIVS, PTRACER, ANY_PTRACER = 38, 0x59616D61, ctypes.c_ulong(-1).value
FILTER, NEW_LISTENER = 1, 8
RECEIVE, SEND = 0xC0502100, 0xC0182101
CONTINUE = 1
CURRENT_FOLDER = -100
SYSTEM = ctypes.CDLL(None, use_errno=True)


class Step:
    """One THING@N of a plan."""

    def __init__(self, text):
        self.call = self.name = None
        self.on_folder = False
        if text.startswith("["):
            condition, text = text[1:].split("]", 1)
            self.call, _, self.name = condition.partition(":")
            self.on_folder = self.call.endswith("/")
            self.call = self.call.rstrip("/")
        self.thing, _, at = text.rpartition("@")
        self.at = None if at == "*" else int(at)
        self.count = 0

    def is_now(self, call, paths):
        """Whether it happens at this call."""
        if self.call and self.call != call:
            return False
        if self.name and not any(path.endswith(self.name) for path in paths):
            return False
        if self.on_folder and not any(os.path.isdir(path) for path in paths):
            return False
        self.count += 1
        return self.at is None or self.at == self.count


class Supervisor:
    """Answers the system for each call of the program."""

    def __init__(self, listener, program, folders):
        self.listener = listener
        self.program = program
        self.folders = [os.path.realpath(folder) for folder in folders]
        self.lock = threading.Lock()
        self.steps, self.calls = [], []

    def plan(self, steps):
        with self.lock:
            self.steps, self.calls = [Step(step) for step in steps], []

    def count(self):
        with self.lock:
            return f"{len(self.calls)} {' '.join(self.calls)}"

    def work(self):
        poll = select.poll()
        poll.register(self.listener, select.POLLIN)
        request = ctypes.create_string_buffer(80)
        while True:
            if any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll()):
                return
            ctypes.memset(request, 0, 80)
            # A call may be over before it is looked at: its thread was killed.
            if SYSTEM.ioctl(self.listener, ctypes.c_ulong(RECEIVE), request) != 0:
                continue
            number, thread, _, call = struct.unpack_from("QIIi", request)
            arguments = struct.unpack_from("6Q", request, 32)
            error, seconds = self.step(thread, NAMES[call], arguments)
            if seconds:
                # Others go on meanwhile.
                threading.Thread(target=self.answer, args=(number, error, seconds), daemon=True).start()
            else:
                self.answer(number, error, 0)

    def answer(self, number, error, seconds):
        time.sleep(seconds)
        reply = struct.pack("QqiI", number, 0, -error, 0 if error else CONTINUE)
        SYSTEM.ioctl(self.listener, ctypes.c_ulong(SEND), ctypes.create_string_buffer(reply, 24))

    def step(self, thread, call, arguments):
        """An error's number, or 0 to let the call be made; and for how many seconds it waits."""
        paths = [path for path in self.paths(thread, ARGUMENTS[call], arguments) if self.is_watched(path)]
        if not paths:
            return 0, 0
        with self.lock:
            self.calls.append(f"{call}:{os.path.basename(paths[0])}")
            now = [step.thing for step in self.steps if step.is_now(call, paths)]
        error = seconds = 0
        for thing in now:
            what, *rest = thing.split(":")
            if what == "kill":
                os.kill(self.program, signal.SIGKILL)
            elif what == "move":
                os.rename(rest[0], rest[1])
            elif what == "rewrite":
                with open(rest[0], "rb") as source, open(rest[1], "wb") as target:
                    target.write(source.read())
            elif what == "made":
                old, new = (os.fsencode(path) for path in paths)
                flags = arguments[4] if call == "renameat2" else 0
                SYSTEM.syscall(NUMBERS["renameat2"], CURRENT_FOLDER, old, CURRENT_FOLDER, new, flags)
                error = getattr(errno, rest[0])
            elif what == "sleep":
                seconds = int(rest[0]) / 1000
            else:
                error = getattr(errno, what)
        return error, seconds

    def is_watched(self, path):
        return any(path == folder or path.startswith(folder + "/") for folder in self.folders)

    def paths(self, thread, kinds, arguments):
        """What a call is on, as far as it can be told."""
        folder = None
        for kind, argument in zip(kinds, arguments):
            descriptor = ctypes.c_int(argument & 0xFFFFFFFF).value
            if kind == "d":
                yield self.descriptor(thread, descriptor)
            elif kind == "f":
                folder = descriptor
            elif kind == "p":
                path = self.text(thread, argument)
                if folder is not None and not path.startswith("/"):
                    base = self.descriptor(thread, folder) if folder != CURRENT_FOLDER else os.getcwd()
                    path = os.path.join(base, path) if path else base
                yield os.path.normpath(path)
                folder = None

    @staticmethod
    def descriptor(thread, number):
        try:
            return os.readlink(f"/proc/{thread}/fd/{number}").removesuffix(" (deleted)")
        except OSError:
            return ""

    @staticmethod
    def text(thread, address):
        try:
            with open(f"/proc/{thread}/mem", "rb", buffering=0) as memory:
                memory.seek(address)
                # Up to the end of its page, and the next where that is not enough.
                text = memory.read(4096 - address % 4096)
                if b"\0" not in text:
                    text += memory.read(4096)
                return os.fsdecode(text.split(b"\0")[0])
        except OSError:
            return ""


def serve(path, supervisor):
    """Takes plans, for ever."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen()
    while True:
        connection, _ = listener.accept()
        with connection.makefile("rw", encoding="utf-8") as lines:
            for line in lines:
                word, *rest = line.split()
                answer = supervisor.count()
                if word == "plan":
                    supervisor.plan(rest)
                print(answer, file=lines, flush=True)


def ask_for_calls():
    """From here on, each of the calls is asked about. The descriptor to answer by."""
    numbers = sorted(NUMBERS.values())
    steps = [(LOAD, 0, 0, 0)]
    for place, number in enumerate(numbers):
        steps.append((IF_EQUAL, len(numbers) - place, 0, number))
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, ASK)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    SYSTEM.prctl(NO_NEW_PRIVS, 1, 0, 0, 0)
    listener = SYSTEM.syscall(SECCOMP, FILTER, NEW_LISTENER, program)
    if listener < 0:
        sys.exit(f"calls cannot be watched here: {os.strerror(ctypes.get_errno())}")
    return listener


def main():
    at = sys.argv.index("--")
    control, command = sys.argv[1], sys.argv[at + 1 :]
    steps = [argument for argument in sys.argv[2:at] if "@" in argument]
    folders = [argument for argument in sys.argv[2:at] if "@" not in argument]
    ours, theirs = socket.socketpair()
    program = os.getpid()
    if os.fork() == 0:
        ours.close()
        # The program's output has an end when the program has one.
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 1)
        _, (listener,), _, _ = socket.recv_fds(theirs, 1, 1)
        supervisor = Supervisor(listener, program, folders)
        supervisor.plan(steps)
        threading.Thread(target=serve, args=(control, supervisor), daemon=True).start()
        supervisor.work()
        os._exit(0)
    theirs.close()
    SYSTEM.prctl(PTRACER, ctypes.c_ulong(ANY_PTRACER), 0, 0, 0)
    socket.send_fds(ours, [b"x"], [ask_for_calls()])
    os.execv(command[0], command)


main()
