# SPDX-License-Identifier: MIT
# Runs a command on a terminal of its own: own-terminal.py COLUMNS ROWS COMMAND...  What it writes comes out here. Lines on
# stdin act on it: "type HEX" presses keys, "size COLUMNS ROWS" resizes, "kill NUMBER" sends a signal, "resume" waits
# until it is stopped and lets it go on.
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


def act(pid, fd, line):
    order, *words = line.split()
    if order == "type":
        os.write(fd, bytes.fromhex(words[0]))
    elif order == "size":
        resize(fd, *words)
    elif order == "kill":
        os.kill(pid, int(words[0]))
    elif order == "resume":
        os.waitpid(pid, os.WUNTRACED)
        os.kill(pid, signal.SIGCONT)


def main():
    pid, fd = pty.fork()
    if pid == 0:
        resize(0, sys.argv[1], sys.argv[2])
        os.execvp(sys.argv[3], sys.argv[3:])
    watched = [fd, 0]
    while True:
        ready, _, _ = select.select(watched, [], [])
        if fd in ready:
            try:
                data = os.read(fd, 65536)
            except OSError:  # the other end is closed
                data = b""
            if data == b"":
                break
            os.write(1, data)
        if 0 in ready:
            orders = os.read(0, 4096).decode()
            if orders == "":
                watched.remove(0)
            for line in orders.splitlines():
                act(pid, fd, line)
    _, status = os.waitpid(pid, 0)
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


main()
