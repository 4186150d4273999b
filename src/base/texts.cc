// ICU MessageFormat over the text catalogue.
#include "base/texts.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <unicode/fmtable.h>
#include <unicode/locid.h>
#include <unicode/msgfmt.h>

#include "base/errors.h"
#include "base/text.h"

namespace khien {
namespace {

constexpr const char* kOfLibraries = "en";  // the language libraries speak
constexpr const char* kOutside = "text/en/outside.yaml";

icu::UnicodeString to_icu(std::string_view s) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(s.data(), static_cast<std::int32_t>(s.size())));
}

std::string print_date(const Date& d) {
  return fmt::format("{:02}/{:02}/{:04}", d.day, d.month, d.year);
}

icu::Formattable arg_to_icu(const Arg& arg) {
  if (const auto* i = std::get_if<std::int64_t>(&arg)) return icu::Formattable(*i);
  if (const auto* d = std::get_if<double>(&arg)) return icu::Formattable(*d);
  if (const auto* s = std::get_if<std::string>(&arg)) return icu::Formattable(to_icu(visible(*s)));
  return icu::Formattable(to_icu(print_date(std::get<Date>(arg))));
}

Done flatten(const Node& node, const std::string& prefix, std::map<std::string, std::string>& out,
             const std::string& place) {
  for (const auto& [key, value] : node.pairs()) {
    const std::string id = prefix.empty() ? key : prefix + "." + key;
    if (value.is_map()) {
      KHIEN_DO(flatten(value, id, out, place));
    } else if (!out.emplace(id, value.text()).second) {
      return fail(err::text_invalid, at_line(place, value), {{"detail", "duplicate id " + id}});
    }
  }
  return {};
}

}  // namespace

Result<Texts> Texts::load(const Content& content, std::string_view lang) {
  Texts out;
  out.lang_ = lang;
  for (const std::string& path : content.list(fmt::format("text/{}/", lang), ".yaml")) {
    KHIEN_TRY(const Node node, content.yaml(path));
    KHIEN_DO(flatten(node, "", out.patterns_, path));
  }
  if (out.patterns_.empty()) return fail(err::content_missing, fmt::format("text/{}", lang));
  KHIEN_DO(out.load_outside(content));
  return out;
}

Done Texts::load_outside(const Content& content) {
  if (lang_ == kOfLibraries || !content.has(kOutside)) return {};
  KHIEN_TRY(const Node node, content.yaml(kOutside));
  std::map<std::string, std::string> said;
  KHIEN_DO(flatten(node, "", said, kOutside));
  for (const auto& [id, words] : said) {
    if (has(id)) outside_.emplace_back(words, patterns_.at(id));
  }
  std::stable_sort(outside_.begin(), outside_.end(), [](const auto& a, const auto& b) {
    return a.first.size() > b.first.size();
  });
  return {};
}

std::string Texts::own_words(const std::string& detail) const {
  for (const auto& [words, ours] : outside_) {
    const std::size_t at = detail.find(words);
    if (at == std::string::npos) continue;
    // "word/document.xml: CRC error": what it is about stays
    const std::string about = detail.substr(0, at);
    return (about.ends_with(": ") ? about : "") + ours;
  }
  return detail;
}

std::string Texts::operator()(const std::string& id, const Args& args) const {
  const auto it = patterns_.find(id);
  if (it == patterns_.end()) return "⟦" + id + "⟧";
  if (it->second.find_first_of("{'") == std::string::npos) return it->second;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  const icu::MessageFormat format(to_icu(it->second), icu::Locale(lang_.c_str()), where, status);
  if (U_FAILURE(status)) return "⟦" + id + "⟧";
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : args) {
    names.push_back(to_icu(name));
    values.push_back(arg_to_icu(value));
  }
  icu::UnicodeString text;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), text, status);
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string Texts::error(const Error& e) const {
  Args args;
  for (const auto& [key, value] : e.args) args[key] = key == "detail" ? own_words(value) : value;
  args["place"] = e.place;
  args.emplace("near", "none");  // a word that something near was meant by
  args.emplace("where", "none");  // "line" or "key" of a file: which of the two below there are
  args.emplace("line", "");
  args.emplace("key", "");
  for (const auto& [key, value] : e.args) {  // what has another name in Vietnamese
    if (lang_ == "vi" && key.ends_with("_vi")) args[key.substr(0, key.size() - 3)] = value;
  }
  const std::string base = "error." + e.code;
  std::string out = e.code;
  if (!e.place.empty()) out += " " + visible(e.place);
  out += ": " + (*this)(base + ".what", args);
  const std::string todo = (*this)(base + ".todo", args);
  return todo.empty() ? out : out + " " + todo;
}

std::string Texts::period(std::string_view iso_period) const {
  const auto period = parse_period(iso_period);
  if (!period) return std::string(iso_period);
  std::string out;
  const auto add = [&](int n, const char* id) {
    if (n == 0) return;
    if (!out.empty()) out += " ";
    out += (*this)(id, {{"n", std::int64_t{n}}});
  };
  add(period->months / 12, "period.years");
  add(period->months % 12, "period.months");
  add(period->days, "period.days");
  return out.empty() ? (*this)("period.days", {{"n", std::int64_t{0}}}) : out;
}

std::string Texts::date(std::string_view iso_date) const {
  if (const auto day = parse_date(iso_date)) return print_date(*day);
  const auto digits = [&](std::size_t from, std::size_t count) {
    return iso_date.substr(from, count).find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (iso_date.size() == 7 && iso_date[4] == '-' && digits(0, 4) && digits(5, 2)) {
    const std::int64_t month = std::atoi(std::string(iso_date.substr(5)).c_str());
    return (*this)("date.month", {{"month", month},
                                  {"year", std::string(iso_date.substr(0, 4))}});
  }
  if (iso_date.size() == 4 && digits(0, 4))
    return (*this)("date.year", {{"year", std::string(iso_date)}});
  return std::string(iso_date);
}

}  // namespace khien
