// Which files `khien compile` reads, many of them side by side, and the comparison of two.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/context.h"
#include "store/order.h"
#include "dispatch/vocabulary.h"

namespace khien::app {

struct ChosenFiles {
  std::vector<std::filesystem::path> files;    // folders replaced by the documents below them
  std::vector<std::filesystem::path> skipped;  // below folders, of no kind of a dispatch's files
};
// Sorted below each folder. K0316 for a folder without documents.
[[nodiscard]] Result<ChosenFiles> choose_files(const std::vector<std::filesystem::path>& given);

// Runs `one` for each file in child processes; prints what each said in the order of the files,
// raises the exit code, shows progress. `one` prints and raises as if it were alone.
void compile_side_by_side(Context& context, const std::vector<std::filesystem::path>& files,
                          const std::function<void(const std::filesystem::path&)>& one);

// A value of a parameter as a person reads it.
[[nodiscard]] std::string value_words(const Context& context, const Node& value);

// Where a measure stands, in the user's language: "mục 2", "item 2".
[[nodiscard]] std::string cite_words(const Context& context, const Measure& measure);
// A warning of an order as a sentence.
[[nodiscard]] std::string warning_words(const Context& context, const Order& order,
                                        const Warning& warning);

// What changed from one dispatch to another, printed.
void show_diff(Context& context, const Vocabulary& vocabulary, const Order& before,
               const Order& after);

}  // namespace khien::app
