/* SPDX-License-Identifier: MIT
 * Locks and death. Two local processes commit plans to a TOC heap and may die
 * before any step; when one dies, the next starts in its place. The kernel and
 * a remote allocate in the same heap, and the user of an item, who takes no
 * lock, writes its payload as soon as it is published. Memory is in order
 * here: test/model/order looks after fences. Every NO_... leaves a part out.
 * What nobody else can see yet is one step, with all its places to die.
 */

#define KERNEL 1
#define REMOTE 2
#ifdef NO_DISTINCT_ID
#define OURS KERNEL
#else
#define OURS 251
#endif

/* enum Intent in native/record.h */
#define NONE 0
#define WAITING 1
#define APPLYING 2

#define NOBODY 2
#define UNITS 4
#define GARBAGE 2
#define USED 1

/* The hardware mutex, and releases that are on their way to it. */
byte reg;
bool posted[2];
bool kernel_spinlock;

/* The lock file: its OFD lock and its page (RecordPage in native/record.h). */
byte file_lock = NOBODY;
byte intent, rec_owner, rec_item, rec_at, rec_space, progress;

/* The heap: all items have one unit. */
bool allocated[4];
byte offset[4];
byte free_offset;
byte available = UNITS;
byte payload[UNITS] = GARBAGE;

/* Who is where: for the verdict only, nobody acts on it. */
byte deaths = DEATHS;
byte inside;
bool died_inside;
byte made[4];
bool cleared;
byte finished;
#ifdef LOST_LOCK
bool lost;
#endif

/* Milestone() in native/milestone.h */
#define MILESTONE if :: deaths > 0 -> deaths--; goto dead :: true fi

/* The register's rule: an id sticks only while there is none. */
#ifdef NO_STICKY_WRITE
#define WRITE(id) reg = id
#else
#define WRITE(id) if :: reg == 0 -> reg = id :: else fi
#endif

/* Where somebody takes the mutex from us, we are not alone: it is asked only
 * whether we take it from others. */
#ifdef LOST_LOCK
#define ALONE(x) skip
#else
#define ALONE(x) assert(x)
#endif

#define ENTER ALONE(inside == 0); inside++; in = true
#define LEAVE inside--; in = false

/* Record::TryLock and Unlock in native/record.cc */
inline TakeFile() {
#ifdef NO_FILE_LOCK
  skip
#else
  atomic { file_lock == NOBODY -> file_lock = me }
#endif
}
inline LeaveFile() {
#ifdef NO_FILE_LOCK
  skip
#else
  file_lock = NOBODY
#endif
}

/* Record::Advance in native/record.cc. Nobody reads the body of no intent. */
inline Advance(to) {
#ifndef NO_INTENT
  intent = to;
#endif
  if
  :: to == NONE ->
    rec_owner = 0; rec_item = 0; rec_at = 0; rec_space = 0; progress = 0
  :: else
  fi
}

/* Mutex::Unlock in native/mutex.cc: the fence behind the store of 0 waits until
 * it has arrived. */
inline Release(owner) {
  atomic {
    MILESTONE;
    if
#ifdef NO_OWNER_CHECK
    :: true -> posted[me] = true
#else
    :: reg == owner -> posted[me] = true
    :: else -> ALONE(false)
#endif
    fi;
    LEAVE
  };
#ifndef NO_FENCE_AFTER_RELEASE
  if
  :: !posted[me]
  :: atomic { deaths > 0 && posted[me] -> deaths--; goto dead }
  fi
#endif
}

/* Record::Progress in native/record.cc */
#define NOTE(step) if :: noted -> progress = step :: else fi
#ifdef NO_PROGRESS
#define NOTED false
#else
#define NOTED true
#endif
#ifdef NO_PROGRESS_IN_RECOVERY
#define NOTED_IN_RECOVERY false
#else
#define NOTED_IN_RECOVERY NOTED
#endif

/* HeapLock::Apply in native/commit.cc, for the steps that lib/heap plans.
 * Nobody sees those before the store fence, which is step 2. */
inline Apply(from, item, at, space, noted) {
  atomic {
    if
    :: from <= 0 -> NOTE(0); MILESTONE; payload[at] = 0; MILESTONE
    :: else
    fi;
    if
    :: from <= 1 -> NOTE(1); MILESTONE; offset[item] = at; MILESTONE
    :: else
    fi;
    if :: from <= 2 -> NOTE(2); MILESTONE :: else fi
  };
  atomic {
    if
    :: from <= 3 ->
      NOTE(3); MILESTONE;
      allocated[item] = true; cleared = cleared || item == 0
    :: else
    fi
  };
#ifdef LOST_LOCK
  atomic { if :: !lost -> lost = true; reg = 0 :: true fi };
#endif
  atomic {
    MILESTONE;
    if :: from <= 4 -> NOTE(4); MILESTONE; free_offset = at + 1 :: else fi
  };
  atomic {
    MILESTONE;
    if :: from <= 5 -> NOTE(5); MILESTONE; available = space - 1 :: else fi
  };
  atomic { MILESTONE; NOTE(6) }
}

/* HeapLock::RecoverAlone in native/commit.cc */
inline Recover() {
#ifdef NO_RECOVERY
  skip
#else
  if
  :: intent == NONE
  :: else ->
    if
#ifdef NO_OWNER_CHECK_IN_RECOVERY
    :: atomic { true -> ENTER };
#else
    :: atomic { reg == rec_owner -> ENTER };
#endif
#ifdef NO_RECOVERY_BEFORE_RELEASE
      died_inside = false; Release(rec_owner); atomic { ENTER };
#endif
      if
#ifndef NO_WAITING_STATE
      :: intent == WAITING
#endif
      :: else ->
        from = progress;
        Apply(from, rec_item, rec_at, rec_space, NOTED_IN_RECOVERY)
      fi;
      from = 0;
#ifdef NO_INTENT_UNTIL_RECOVERED
      atomic { MILESTONE; Advance(NONE) };
#endif
#ifdef NO_RECOVERY_BEFORE_RELEASE
      atomic { LEAVE }
#else
      atomic { MILESTONE; died_inside = false };
      Release(rec_owner)
#endif
#ifndef NO_OWNER_CHECK_IN_RECOVERY
    :: atomic { reg != rec_owner -> ALONE(!died_inside) }
#endif
    fi;
    atomic { MILESTONE; Advance(NONE) }
  fi
#endif
}

/* Record::Announce in native/record.cc */
inline Announce() {
#ifdef NO_INTENT
  skip
#else
  atomic {
    MILESTONE;
#ifdef NO_BODY_BEFORE_INTENT
    Advance(WAITING); MILESTONE;
#endif
    rec_owner = OURS; MILESTONE;
    rec_item = item; rec_at = at; rec_space = space; progress = 0; MILESTONE;
    Advance(WAITING)
  }
#endif
}

/* Smem.alloc: plans, then HeapLock::Commit in native/commit.cc. */
proctype Local(byte me) {
  byte item, at, space, from;
  bool in;
  if :: item = 0 :: me == 1 -> item = 1 fi;

start:
  at = 0; space = 0; from = 0;

  /* Heap.planAlloc: lock-free, so it may see half of another's work. */
  if
  :: allocated[item] ->
#ifndef NO_RECOVERY_BEFORE_REFUSAL
    /* HeapLock in lib/lock/heap-lock.ts: is that a dead process' work? */
    if
    :: intent == NONE
    :: else -> TakeFile(); Recover(); LeaveFile()
    fi;
#endif
    goto done
  :: else
  fi;
  at = free_offset;
  space = available;

  TakeFile();
  Recover();
#ifndef NO_INTENT_BEFORE_LOCK
  Announce();
#endif

  /* HeapLock::Acquire */
#ifndef NO_READ_FIRST
  reg == 0;
#endif
  atomic { MILESTONE; WRITE(OURS) };
  if
#ifdef NO_READ_BACK
  :: atomic { true -> ENTER; ALONE(!died_inside) }
#else
  :: atomic { reg == OURS -> ENTER; ALONE(!died_inside) }
  :: reg != OURS ->
    atomic { MILESTONE; Advance(NONE) };
    LeaveFile();
    reg == 0;
    goto start
#endif
  fi;
#ifdef NO_INTENT_BEFORE_LOCK
  Announce();
#endif

  /* Plan::GuardsHold */
  atomic {
    MILESTONE;
    if
    :: false
#ifndef NO_GUARDS_UNDER_LOCK
#ifndef NO_GUARD_ALLOCATED
    :: allocated[item] -> goto stale
#endif
#ifndef NO_GUARD_FREE
    :: free_offset != at -> goto stale
#endif
#ifndef NO_GUARD_AVAILABLE
    :: available != space -> goto stale
#endif
#endif
    :: else
    fi;
    MILESTONE;
    Advance(APPLYING)
  };
  Apply(0, item, at, space, NOTED);
#ifdef NO_INTENT_UNTIL_RELEASED
  atomic { MILESTONE; Advance(NONE) };
#endif
  Release(OURS);
  atomic { MILESTONE; made[item]++; Advance(NONE) };
  atomic { MILESTONE; LeaveFile() };
  goto done;

stale:
  Release(OURS);
  atomic { MILESTONE; Advance(NONE) };
  LeaveFile();
  goto start;

dead:
  /* Death takes the file lock along, once what was posted has arrived. */
  atomic {
#ifndef NO_DRAIN_AT_DEATH
    !posted[me];
#endif
    if :: in -> LEAVE; died_inside = true :: else fi;
    if :: file_lock == me -> file_lock = NOBODY :: else fi
  };
  goto start;

done:
  atomic { at = 0; space = 0; finished++ }
}

/* Linux: hwspin_lock_timeout, qcom_smem_alloc_global, hwspin_unlock. The
 * register cannot tell its processors apart: a spinlock of its own does. A
 * remote does the same by its own id. */
proctype Peer(byte id; byte item) {
  bool in;
#ifndef NO_KERNEL_SPINLOCK
  if
  :: id == KERNEL -> atomic { !kernel_spinlock -> kernel_spinlock = true }
  :: else
  fi;
#endif
  do
  :: atomic { WRITE(id) };
    if
    :: atomic { reg == id -> ENTER; ALONE(!died_inside); break }
    :: reg != id -> (reg == 0 || reg == id)
    fi
  od;
  if
  :: allocated[item]
  :: else ->
    atomic { offset[item] = free_offset; allocated[item] = true };
    free_offset++;
    atomic { available--; made[item]++ }
  fi;
  atomic {
    ALONE(reg == id); reg = 0; LEAVE; finished++;
    if
    :: id == KERNEL -> kernel_spinlock = false
    :: else
    fi
  }
}

/* Who waits for item 0 writes to it as soon as it is there, and owns it. */
proctype User() {
  byte at;
  atomic { allocated[0] -> at = offset[0] };
  atomic {
    assert(!cleared || payload[at] == 0);
    payload[at] = USED; at = 0; finished++
  }
}

/* A release takes the mutex from nobody who has it. */
#define ARRIVE(me) \
  ALONE(inside == 0); assert(reg == OURS || reg == 0); \
  reg = 0; posted[me] = false

active proctype Bus() {
end:
  do
  :: atomic { posted[0] -> ARRIVE(0) }
  :: atomic { posted[1] -> ARRIVE(1) }
  od
}

#define APART(a, b) \
  assert(!allocated[a] || !allocated[b] || offset[a] != offset[b])

/* Nothing lost, nothing twice, nothing on top of another, no lock left. */
active proctype Verdict() {
  byte i, used, all;
  atomic {
    run Local(0);
    run Local(1);
    run User();
    all = 3;
#if KERNELS > 0
    if :: run Peer(KERNEL, 2) :: run Peer(KERNEL, 0) fi;
    all++;
#endif
#if KERNELS > 1
    run Peer(KERNEL, 1);
    all++;
#endif
#if REMOTES > 0
    run Peer(REMOTE, 3);
    all++;
#endif
    skip
  };
  finished == all && !posted[0] && !posted[1];
#ifndef LOST_LOCK
  d_step {
    assert(reg == 0 && intent == NONE && file_lock == NOBODY);
    for (i : 0 .. 3) {
      if
      :: allocated[i] -> used++
      :: else
      fi;
      assert(made[i] <= 1 && (made[i] == 0 || allocated[i]))
    };
    assert(free_offset == used && available == UNITS - used);
    assert(allocated[0] && payload[offset[0]] == USED);
    APART(0, 1); APART(0, 2); APART(0, 3);
    APART(1, 2); APART(1, 3); APART(2, 3)
  }
#endif
}
