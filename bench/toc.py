# SPDX-License-Identifier: MIT
# The listing as somebody with python3 on a board would write it. Maps the same memfd; for each line `list COUNT`
# answers as peer.c does.
#
# usage: toc.py FILE SIZE MAIN_END AUX_POSITION AUX_BASE AUX_SIZE ...

import mmap
import struct
import sys
import time

TOC = slice(0xD0, 0x20D0)
path = sys.argv[1]
size, main_end, _, aux_base, aux_size = (int(text, 0) for text in sys.argv[2:7])
with open(path, 'rb') as file:
    memory = mmap.mmap(file.fileno(), size, prot=mmap.PROT_READ)
ends = {0: main_end, aux_base & 0xFFFFFFFC: aux_size}
record = struct.Struct('<4I')


def items():
    found = []
    for id, (allocated, offset, size, aux) in enumerate(record.iter_unpack(memory[TOC])):
        if allocated and offset + size <= ends[aux & 0xFFFFFFFC]:
            found.append((id, offset, size))
    return found


for line in sys.stdin:
    count = int(line.split()[1])
    total = 0
    start = time.perf_counter_ns()
    for _ in range(count):
        for item in items():
            total += item[2]
    print(time.perf_counter_ns() - start, total, flush=True)
