// SPDX-License-Identifier: MIT
// The hardware mutex of the virtual board: a plugin of the emulator that gives
// a range of the guest's RAM the rule of Qualcomm's TCSR mutex registers. A
// register takes a write only while it reads 0, and a write of 0 frees it.
//
// The emulator calls back after every store of the guest. A store to a
// register is judged then, and undone if the register was taken: the register
// is made to read its owner again before the guest's next instruction. That is
// one step for all processors of the guest only if one host thread plays them
// all, hence `-accel tcg,thread=single`.
//
// A remote processor is played by a program on the host that shares the RAM.
// It never writes to a register, for it could come between a store and its
// judgement: it leaves its write in the mailbox, and the plugin carries it out
// by the same rule at the guest's next store to anywhere.
//
// Arguments: ram=FILE,base=ADDRESS,bank=ADDRESS,stride=BYTES,mailbox=ADDRESS;
// base is the guest physical address of the file's first byte.

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// What is used of the emulator's plugin interface, version 2 (QEMU 9.0 to
// 10.x). Debian packages no header for it.
#define EXPORT __attribute__((visibility("default")))
typedef uint64_t PluginId;
typedef uint32_t StoreInfo;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;
typedef void OnTranslate(PluginId, struct qemu_plugin_tb*);
typedef void OnAccess(unsigned cpu, StoreInfo, uint64_t address, void* data);
enum { kNoRegisters = 0, kStores = 2 };
EXPORT int qemu_plugin_version = 2;
void qemu_plugin_register_vcpu_tb_trans_cb(PluginId, OnTranslate*);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb*);
struct qemu_plugin_insn* qemu_plugin_tb_get_insn(const struct qemu_plugin_tb*,
                                                 size_t index);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn*, OnAccess*,
                                      int registers, int accesses, void* data);
struct qemu_plugin_hwaddr* qemu_plugin_get_hwaddr(StoreInfo, uint64_t address);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr*);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr*);

enum { kLocks = 32, kPage = 4096 };

// A remote processor's write. `posted` is counted up once the others are there.
// `ignored` counts the writes to registers that somebody else had.
struct Mailbox {
  uint32_t posted;
  uint32_t done;
  uint32_t lock;
  uint32_t value;
  uint32_t ignored;
};

static uint64_t bank;
static uint64_t stride;
static volatile uint8_t* registers;
static volatile struct Mailbox* mailbox;
static uint32_t owners[kLocks];

static volatile uint32_t* Register(uint32_t lock) {
  return (volatile uint32_t*)(registers + lock * stride);
}

// The rule itself. Leaves the owner in the register, whatever was there.
static void Write(uint32_t lock, uint32_t value) {
  if (value == 0 || owners[lock] == 0) owners[lock] = value;
  if (owners[lock] != value) mailbox->ignored++;
  *Register(lock) = owners[lock];
}

static void CarryOutMail(void) {
  uint32_t posted = mailbox->posted;
  if (posted == mailbox->done) return;
  if (mailbox->lock < kLocks) Write(mailbox->lock, mailbox->value);
  mailbox->done = posted;
}

// The lock whose register was stored to, or kLocks.
static uint32_t StoredTo(StoreInfo info, uint64_t address) {
  // A register keeps its place in the page however the guest maps it; this
  // spares nearly all stores the slow question for the physical address.
  if (address % kPage % stride != 0) return kLocks;
  struct qemu_plugin_hwaddr* place = qemu_plugin_get_hwaddr(info, address);
  if (place == NULL || qemu_plugin_hwaddr_is_io(place)) return kLocks;
  uint64_t offset = qemu_plugin_hwaddr_phys_addr(place) - bank;
  if (offset >= kLocks * stride || offset % stride != 0) return kLocks;
  return (uint32_t)(offset / stride);
}

static void OnStore(unsigned cpu, StoreInfo info, uint64_t address,
                    void* data) {
  (void)cpu;
  (void)data;
  uint32_t lock = StoredTo(info, address);
  if (lock < kLocks) Write(lock, *Register(lock));
  CarryOutMail();
}

static void OnTranslation(PluginId id, struct qemu_plugin_tb* block) {
  (void)id;
  size_t count = qemu_plugin_tb_n_insns(block);
  for (size_t i = 0; i < count; i++) {
    qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(block, i), OnStore,
                                     kNoRegisters, kStores, NULL);
  }
}

static const char* Argument(int argc, char** argv, const char* name) {
  size_t length = strlen(name);
  for (int i = 0; i < argc; i++) {
    if (strncmp(argv[i], name, length) == 0 && argv[i][length] == '=') {
      return argv[i] + length + 1;
    }
  }
  fprintf(stderr, "tcsr: the argument %s is missing\n", name);
  exit(1);
}

static uint64_t Number(int argc, char** argv, const char* name) {
  return strtoull(Argument(argc, argv, name), NULL, 0);
}

static volatile void* Map(int file, uint64_t offset, size_t size) {
  void* memory =
      mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, (off_t)offset);
  if (memory == MAP_FAILED) {
    perror("tcsr: mmap");
    exit(1);
  }
  return memory;
}

EXPORT int qemu_plugin_install(PluginId id, const void* machine, int argc,
                               char** argv) {
  (void)machine;
  uint64_t base = Number(argc, argv, "base");
  bank = Number(argc, argv, "bank");
  stride = Number(argc, argv, "stride");
  int file = open(Argument(argc, argv, "ram"), O_RDWR | O_CLOEXEC);
  if (file < 0) {
    perror("tcsr: ram");
    return 1;
  }
  registers = Map(file, bank - base, kLocks * stride);
  mailbox = Map(file, Number(argc, argv, "mailbox") - base, kPage);
  close(file);
  qemu_plugin_register_vcpu_tb_trans_cb(id, OnTranslation);
  return 0;
}
