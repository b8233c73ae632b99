# SPDX-License-Identifier: MIT
# The listings as somebody with python3 on a board would write them. Maps the same memfd; for each line `NAME COUNT`
# answers as peer.c does.
#
# usage: listing.py FILE SIZE MAIN_END AUX_POSITION AUX_BASE AUX_SIZE ...

import mmap
import struct
import sys
import time

TOC = slice(0xD0, 0x20D0)
PTABLE = 4096  # From the end.
path = sys.argv[1]
size, main_end, _, aux_base, aux_size = (int(text, 0) for text in sys.argv[2:7])
with open(path, 'rb') as file:
    memory = mmap.mmap(file.fileno(), size, prot=mmap.PROT_READ)
ends = {0: main_end, aux_base & 0xFFFFFFFC: aux_size}
record = struct.Struct('<4I')
table_entry = struct.Struct('<I44x')
item_header = struct.Struct('<HHIHHI')


def contents():
    found = []
    for id, (allocated, offset, size, aux) in enumerate(record.iter_unpack(memory[TOC])):
        if allocated and offset + size <= ends[aux & 0xFFFFFFFC]:
            found.append((id, offset, size))
    return found


def partitions():
    found = []
    table = main_end - PTABLE
    (count,) = struct.unpack_from('<I', memory, table + 8)
    for i in range(count):
        (partition,) = table_entry.unpack_from(memory, table + 32 + 48 * i)
        (free,) = struct.unpack_from('<I', memory, partition + 12)
        at = 32
        while at + 16 <= free:
            canary, id, stored, data_padding, gap, _ = item_header.unpack_from(memory, partition + at)
            if canary != 0xA5A5:
                break
            data = at + 16 + gap
            found.append((id, partition + data, stored - data_padding))
            at = data + stored
    return found


def summed(items):
    return sum(size for _, _, size in items())


works = {'list': lambda: summed(contents), 'all': lambda: summed(partitions), 'copy': lambda: memory[:main_end][-1]}

for line in sys.stdin:
    name, count = line.split()
    work = works[name]
    total = 0
    start = time.perf_counter_ns()
    for _ in range(int(count)):
        total += work()
    print(time.perf_counter_ns() - start, total, flush=True)
