// SPDX-License-Identifier: MIT
// Runs each model whole, where it must hold, and with parts removed, where it
// must fail, or hold still: then the part is not what the order stands on.
// docs/model.md says why, row by row. With arguments (a model, then what to
// remove) it runs that one, and prints the execution that fails; --count and
// --parts tell the lane what there is.

#include <cstdio>
#include <functional>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "handover.h"
#include "partition.h"
#include "toc.h"

namespace {

using model::removed;

// Random executions, always the same ones. What fails does within a few
// thousand.
constexpr unsigned kIterations = 50000;

template <typename Suite>
bool Holds(std::ostream& out) {
  rl::test_params params;
  params.iteration_count = kIterations;
  params.output_stream = &out;
  params.progress_stream = &out;
  return rl::simulate<Suite>(params);
}

bool Toc(std::ostream& out) {
  // Another item, ours, ours without a byte.
  for (const model::TocWant& want : {model::TocWant{1, 2}, {0, 2}, {0, 0}}) {
    model::toc_remote_wants = want;
    if (!Holds<model::Toc>(out)) return false;
  }
  return true;
}

bool Partition(std::ostream& out) {
  for (bool ours_cached : {false, true}) {
    for (unsigned remote_id : {1u, 2u}) {
      for (bool remote_cached : {false, true}) {
        for (unsigned words : {4u, 12u}) {
          model::partition_case = {ours_cached, remote_id, remote_cached,
                                   words};
          if (!Holds<model::PartitionModel>(out)) return false;
        }
      }
    }
  }
  return true;
}

struct Model {
  const char* name;
  std::function<bool(std::ostream&)> holds;
};
const Model kModels[] = {
    {"toc", Toc},
    {"partition", Partition},
    {"handover", Holds<model::Handover>},
};

struct Removal {
  const char* model;
  std::vector<const char*> parts;
  bool holds;
};
const Removal kRemovals[] = {
    {"toc", {}, true},
    {"toc", {"STORE_FENCE"}, false},
    {"toc", {"LOAD_FENCE"}, false},
    {"toc", {"RELEASE_FENCE"}, false},
    {"toc", {"ACQUIRE_FENCE"}, false},
    {"toc", {"GUARD_ALLOCATED"}, false},
    {"toc", {"GUARD_FREE"}, false},
    {"toc", {"GUARD_AVAILABLE"}, false},
    {"toc", {"GUARDS_UNDER_LOCK"}, false},
    {"toc", {"LOCK"}, false},
    {"toc", {"READ_BACK"}, false},
    {"toc", {"STICKY_WRITE"}, false},
    {"toc", {"DISTINCT_ID"}, false},
    {"toc", {"CLEAR_BEFORE_FENCE"}, false},
    {"toc", {"GUARDS_BEFORE_LOCK"}, true},
    {"toc", {"FENCE_BEFORE_READ_BACK"}, true},
    {"toc", {"FENCE_AFTER_RELEASE"}, true},
    {"toc", {"ACQUIRE_FENCE", "POSTED_WRITES"}, true},
    {"toc",
     {"ACQUIRE_FENCE", "POSTED_WRITES", "FENCE_BEFORE_READ_BACK"},
     false},
    {"partition", {}, true},
    {"partition", {"STORE_FENCE"}, false},
    {"partition", {"LOAD_FENCE"}, false},
    {"partition", {"RELEASE_FENCE"}, false},
    {"partition", {"ACQUIRE_FENCE"}, false},
    {"partition", {"GUARD_FREE_UNCACHED"}, false},
    {"partition", {"GUARD_FREE_CACHED"}, false},
    {"partition", {"GUARDS_UNDER_LOCK"}, false},
    {"handover", {}, true},
    {"handover", {"ACQUIRE_FENCE"}, false},
    {"handover", {"RELEASE_FENCE"}, false},
    {"handover", {"READ_BACK"}, false},
    {"handover", {"STICKY_WRITE"}, false},
    {"handover", {"DISTINCT_ID"}, false},
    {"handover", {"LOCK_FILE"}, false},
    {"handover", {"FENCE_BEFORE_READ_BACK"}, true},
    {"handover", {"FENCE_AFTER_RELEASE"}, true},
};

const Model* Find(const std::string& name) {
  for (const Model& model : kModels) {
    if (name == model.name) return &model;
  }
  return nullptr;
}

int Show(int count, char** words) {
  const Model* const model = Find(words[1]);
  if (model == nullptr) return 2;
  for (int i = 2; i < count; ++i) removed.insert(words[i]);
  return model->holds(std::cout) ? 0 : 1;
}

void PrintParts() {
  for (const Removal& removal : kRemovals) {
    for (const char* part : removal.parts) std::printf("%s\n", part);
  }
}

bool ComesOutRight(const Removal& removal) {
  std::string what = std::string("order ") + removal.model;
  removed.clear();
  for (const char* part : removal.parts) {
    removed.insert(part);
    what += std::string(" ") + part;
  }
  std::ostream nowhere(nullptr);
  const bool holds = Find(removal.model)->holds(nowhere);
  const bool right = holds == removal.holds;
  std::printf("%s %s %s\n", right ? "ok  " : "FAIL", what.c_str(),
              holds ? "holds" : "fails");
  std::fflush(stdout);
  return right;
}

}  // namespace

int main(int count, char** words) {
  const std::string_view first = count > 1 ? words[1] : "";
  if (first == "--count") return std::printf("%zu\n", std::size(kRemovals)) < 0;
  if (first == "--parts") return PrintParts(), 0;
  if (count > 1) return Show(count, words);
  bool right = true;
  for (const Removal& removal : kRemovals) right &= ComesOutRight(removal);
  return right ? 0 : 1;
}
