// SPDX-License-Identifier: MIT
// Runs a command with fewer rights, as a container or a service would.
//
//   drop root COMMAND...        as the user 65534
//   drop sys_rawio COMMAND...   as root, without the capability to open
//                               /dev/mem

#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { kNobody = 65534 };

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int failed = strcmp(argv[1], "root") == 0
                   ? setgid(kNobody) || setuid(kNobody)
                   : prctl(PR_CAPBSET_DROP, CAP_SYS_RAWIO, 0, 0, 0);
  if (failed) {
    perror("drop");
    return 2;
  }
  execvp(argv[2], argv + 2);
  perror(argv[2]);
  return 2;
}
