#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""survey.py FOLDER > survey.json: where the .dtb files of a folder put SMEM.

The second opinion that the device tree reader is tested against: another language, another way of
walking, nothing shared. Boards that agree in everything share a row.
"""
import json
import pathlib
import struct
import sys

STRIDES = {'qcom,sfpb-mutex': (4, 4), 'qcom,tcsr-mutex': (0, 0x1000)}
STRIDES.update({'qcom,%s-tcsr-mutex' % soc: (0, 0x80)
                for soc in ('apq8084', 'ipq6018', 'msm8226', 'msm8974', 'msm8994')})


def flat(blob):
    """{path: {property: bytes}} of a .dtb."""
    at, names = struct.unpack_from('>2I', blob, 8)
    nodes, path = {}, []
    while True:
        token = int.from_bytes(blob[at:at + 4], 'big')
        at += 4
        if token == 1:
            name = blob[at:blob.index(0, at)].decode()
            at += len(name) // 4 * 4 + 4
            path.append(name)
            nodes['/'.join(path) or '/'] = {}
        elif token == 2:
            path.pop()
        elif token == 3:
            size, offset = struct.unpack_from('>2I', blob, at)
            key = blob[names + offset:blob.index(0, names + offset)].decode()
            nodes['/'.join(path) or '/'][key] = blob[at + 8:at + 8 + size]
            at += 8 + (size + 3 & ~3)
        elif token == 9:
            return nodes


def parent(path):
    return path.rpartition('/')[0] or '/'


def number(blob):
    return int.from_bytes(blob, 'big')


def widths(nodes, bus):
    return (4 * number(nodes[bus].get('#address-cells', b'\2')),
            4 * number(nodes[bus].get('#size-cells', b'\1')))


def region(nodes, path):
    bus = parent(path)
    a, s = widths(nodes, bus)
    reg = nodes[path]['reg']
    address, size = number(reg[:a]), number(reg[a:a + s])
    while bus != '/':
        up, windows = parent(bus), nodes[bus]['ranges']
        a, s = widths(nodes, bus)
        p = widths(nodes, up)[0]
        for i in range(0, len(windows), a + p + s):
            child = number(windows[i:i + a])
            if child <= address < child + number(windows[i + a + p:i + a + p + s]):
                address += number(windows[i + a:i + a + p]) - child
                break
        else:
            assert not windows, (path, bus)
        bus = up
    return {'base': '0x%08x' % address, 'size': '0x%x' % size}


def survey(nodes):
    found = [p for p, v in nodes.items() if b'qcom,smem' in v.get('compatible', b'').split(b'\0')]
    if not found:
        return None
    smem, = found
    phandles = {number(v['phandle']): p for p, v in nodes.items() if 'phandle' in v}

    def follow(key):
        value = nodes[smem].get(key)
        return value and phandles[number(value[:4])]
    holder = follow('memory-region') or smem
    bank = follow('hwlocks')
    index = number(nodes[smem]['hwlocks'][4:])
    mutex = nodes[bank]['compatible'].decode().split('\0')[0]
    offset, stride = STRIDES[mutex]
    aux = follow('qcom,rpm-msg-ram')
    lock = int(region(nodes, bank)['base'], 0) + offset + stride * index
    return {'smem': region(nodes, holder), 'noMap': 'no-map' in nodes[holder], 'mutex': mutex,
            'bank': region(nodes, bank), 'index': index, 'lock': '0x%08x' % lock,
            'auxiliary': [region(nodes, aux)] if aux else []}


rows = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob('*.dtb')):
    row = json.dumps(survey(flat(file.read_bytes())))
    rows.setdefault(row, []).append(file.stem)
json.dump([{'where': json.loads(row), 'boards': boards} for row, boards in rows.items()],
          sys.stdout, indent=2)
print()
