// SPDX-License-Identifier: MIT
// Whole lives of a process: for each line `NAME COUNT` on stdin runs the
// command COUNT times, from fork to its end, and answers with the nanoseconds
// that passed ("wall"), that it kept processors busy ("cpu"), or the most
// bytes that it had in memory ("peak"), and with how many bytes it wrote. What
// it says on stderr is heard only where it fails.
// Small, because what a child has at exec counts as the child's.
//
// usage: life COMMAND [ARGUMENT...]

#define _GNU_SOURCE  // wait4
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void check(int problem, const char* what) {
  if (problem == 0) return;
  perror(what);
  exit(1);
}

static uint64_t wall(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t nanoseconds(struct timeval time) {
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u;
}

struct life {
  uint64_t wall;
  uint64_t cpu;
  uint64_t peak;
  uint64_t written;
};

static FILE* said;

static struct life run(char** command) {
  int ends[2];
  check(ftruncate(fileno(said), 0), "ftruncate");
  rewind(said);
  check(pipe(ends), "pipe");
  const uint64_t start = wall();
  const pid_t child = fork();
  check(child < 0, "fork");
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    dup2(fileno(said), STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
  }
  close(ends[1]);
  struct life life = {0};
  char bytes[65536];
  for (ssize_t got; (got = read(ends[0], bytes, sizeof(bytes))) > 0;) {
    life.written += (uint64_t)got;
  }
  close(ends[0]);
  int status = 0;
  struct rusage usage;
  check(wait4(child, &status, 0, &usage) != child, "wait4");
  life.wall = wall() - start;
  if (status != 0) {
    rewind(said);
    for (int c; (c = fgetc(said)) != EOF;) fputc(c, stderr);
    fprintf(stderr, "life: %s ended badly, status 0x%x\n", command[0], status);
    exit(1);
  }
  life.cpu = nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
  life.peak = (uint64_t)usage.ru_maxrss * 1024u;
  return life;
}

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  said = tmpfile();
  check(said == NULL, "tmpfile");
  char name[16];
  uint64_t count = 0;
  while (scanf("%15s %" SCNu64, name, &count) == 2) {
    uint64_t spent = 0, written = 0;
    for (uint64_t i = 0; i < count; ++i) {
      const struct life life = run(argv + 1);
      spent += strcmp(name, "wall") == 0  ? life.wall
               : strcmp(name, "cpu") == 0 ? life.cpu
                                          : life.peak;
      written += life.written;
    }
    printf("%" PRIu64 " %" PRIu64 "\n", spent, written);
    fflush(stdout);
  }
  return 0;
}
