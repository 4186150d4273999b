// Names and values of scanners, by the lexicon alone.
#include "base/text.h"
#include "collect/scan_log/errors.h"
#include "collect/scan_log/scan_log.h"
#include "format/table/dates.h"

namespace khien::scan {
namespace {

constexpr const char* kFile = "headers/scan.yaml";
constexpr std::int64_t kMost = 1'000'000'000'000;

// "1.234.567", "1 234", "12": whole numbers, with groups of three if any.
bool read_count(const std::string& text, std::int64_t& out) {
  out = 0;
  std::size_t since = 0;
  bool grouped = false;
  if (text.empty() || text[0] < '0' || text[0] > '9') return false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (++since > 3 && grouped) return false;
      out = out * 10 + (c - '0');
      if (out > kMost) return false;
      continue;
    }
    if (c != '.' && c != ',' && c != ' ') return false;
    if (grouped ? since != 3 : since == 0 || since > 3) return false;
    grouped = true;
    since = 0;
  }
  return !grouped || since == 3;
}

bool is_one_of(const std::string& field, std::initializer_list<const char*> names) {
  return std::any_of(names.begin(), names.end(), [&](const char* n) { return field == n; });
}

void put(Row& row, const std::string& column, const Moment& moment) {
  row[column] = moment.at_ms;
  row[column + "_precision"] = std::string(moment.day_only ? "day" : "ms");
}

}  // namespace

Result<Words> Words::load(const Node& root) {
  KHIEN_DO(allow_keys(root, {"fields", "words"}, kFile));
  Words out;
  for (const auto& [words, meanings] : {std::pair{&out.fields_, &root["fields"]},
                                        std::pair{&out.words_, &root["words"]}}) {
    const std::string twice = words->add_all(*meanings);
    if (twice.empty()) continue;
    return fail(err::scan_words, at_line(kFile, *meanings), {{"detail", twice}});
  }
  return out;
}

std::string Words::field_of(std::string_view name) const {
  return std::string(fields_.find(name));
}

std::string Words::word_of(std::string_view cell, const std::vector<std::string>& among) const {
  const std::string_view word = words_.find(cell);
  return std::string(std::find(among.begin(), among.end(), word) == among.end() ? "" : word);
}

Result<bool> RunBuilder::add(std::string_view name, const std::string& value, int line) {
  const std::string field = words_.field_of(name);
  if (field.empty()) return false;
  const std::string place = place_ + ":" + std::to_string(line);
  const auto [at, fresh] = seen_.try_emplace(field, std::string(name));
  if (!fresh) {
    return fail(err::scan_twice, place,
                {{"field", field}, {"first", at->second}, {"second", std::string(name)}});
  }
  const auto bad = [&] {
    return fail(err::scan_value, place, {{"field", field}, {"value", shorten(value, 60)}});
  };
  if (value.empty() || value == "-") return true;
  if (is_one_of(field, {"host", "product"})) {
    row_[field] = shorten(value, 120);
  } else if (field == "scope") {
    const std::string word = words_.word_of(value, {"full", "quick", "folder"});
    if (!word.empty()) row_["scope"] = word;
  } else if (field == "result") {
    const std::string word = words_.word_of(value, {"finished", "stopped", "failed"});
    row_["result"] = word.empty() ? std::string("other") : word;
  } else if (field.ends_with("_at")) {
    const auto moment = parse_moment(value);
    if (!moment) return bad();
    if (field != "scanned_at") put(row_, field, *moment);
    else if (!row_.contains("finished_at")) put(row_, "finished_at", *moment);
  } else {
    std::int64_t count = 0;
    if (!read_count(value, count)) return bad();
    if (field.ends_with("_count")) {
      row_[field] = count;
    } else {
      parts_ += count;
      has_parts_ = true;
    }
  }
  return true;
}

bool RunBuilder::enough() const { return row_.contains("infected_count"); }

Row RunBuilder::finish(const char* tool) {
  if (has_parts_ && !row_.contains("removed_count")) row_["removed_count"] = parts_;
  // What could not be read was not scanned.
  if (row_.contains("errors_count") && number_of(row_, "errors_count") > 0 &&
      text_of(row_, "result", "finished") == "finished") {
    row_["result"] = std::string("stopped");
  }
  row_["tool"] = std::string(tool);
  Row out = std::move(row_);
  row_ = {};
  seen_.clear();
  parts_ = 0;
  has_parts_ = false;
  return out;
}

}  // namespace khien::scan
