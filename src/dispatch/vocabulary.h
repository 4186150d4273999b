// The vocabulary of demands: content/measures/<family>.yaml for kinds, words.yaml for named groups
// and word lists, notions.yaml for what the model of kinds sees (dispatch/features.h),
// watch_windows.yaml for the names of holidays (their dates: watch_calendar.h).
// Read-only after load(); free to share between threads.
//
// A kind in <family>.yaml:
//   password_policy:
//     scored: false                     # newer than the public annotations (default true)
//     forbids: true                     # a habit it forbids: "không ..." is its order (release.h)
//     phrases:                          # see dispatch/phrases.h
//       - mật khẩu ~8 # ký tự
//       - {say: "...", confidence: 0.7, needs: "...", within: clause|document}
//                                         # 1: no doubt, whatever the model makes of the clause
//     not: [..]                         # near-misses: veto a phrase they overlap
//     unless: [..]                      # veto the kind in the whole clause
//     actors: [..]                      # whoever is named so is ordered this kind, whatever else
//     parameters:
//       min_length:
//         type: integer                 # integer|period|percent|text|flag|date|list
//         range: [1, 256]               # or allowed: [..] for text and lists
//         stricter: higher              # higher|lower|superset
//         scored: true
//         region: "..."                 # read only from here to the end of the sentence
//         read: [{say: "tối thiểu # ký tự"}, {say: "hơn # ký tự", add: 1}, {say: .., value: ..}]
//         reader: refs                  # or one of the readers of dispatch/parameters.h
//         document: true                # may also stand before the measures
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/content.h"
#include "base/error.h"
#include "base/node.h"
#include "base/texts.h"
#include "dispatch/date_cues.h"
#include "dispatch/head_words.h"
#include "dispatch/model.h"
#include "dispatch/phrases.h"
#include "dispatch/watch_calendar.h"

namespace khien {

enum class ParameterType { integer, period, percent, text, flag, date, list };
[[nodiscard]] const char* to_string(ParameterType type);

struct ParameterInfo {
  std::string name;
  ParameterType type = ParameterType::text;
  std::string stricter;                    // "higher" | "lower" | "superset" | ""
  bool scored = false;
  std::optional<std::int64_t> min, max;    // integers and percents; periods in days
  std::vector<std::string> allowed;        // texts and list items; empty: free
  std::string reader;                      // C++ reader, "" when phrases read it
  bool document = false;
  bool common = false;                     // one that any kind may have
};

struct KindInfo {
  std::string name;                        // "account.password_policy"
  bool scored = true;
  bool forbids = false;                    // a prohibition by nature
  bool of_subject = false;                 // of a family only a paper on our subject speaks of
  std::vector<ParameterInfo> parameters;
  [[nodiscard]] const ParameterInfo* parameter(std::string_view wanted) const;
};

// A value against its declared type, range and allowed values; "" when it fits, else what is
// wanted, for K0332.
[[nodiscard]] std::string check_value(const ParameterInfo& info, const Node& value);

// A clause as this agency corrected it (content/measures/examples/own.yaml of an overlay).
struct OwnExample {
  std::string text;
  std::vector<int> kinds;
  bool measure = true;
  std::vector<Feature> words;
};

class Vocabulary {
 public:
  [[nodiscard]] static Result<Vocabulary> load(const Content& content);

  [[nodiscard]] const std::vector<KindInfo>& kinds() const { return kinds_; }
  // Parameters any kind may have; a Reading of kind kCommon counts in them.
  static constexpr int kCommon = -1;
  [[nodiscard]] const std::vector<ParameterInfo>& common() const { return common_; }
  [[nodiscard]] const KindInfo* find(std::string_view kind) const;
  // The known kind most like a mistyped one.
  [[nodiscard]] std::string nearest(std::string_view kind) const;

  // For the compiler of this room.
  enum class Role { kind, near_miss, unless, actor, need, value, region, list, window, notion };
  struct Owner {
    Role role = Role::kind;
    int index = 0;  // kind phrase, kind, need, reading, list, window or notion
    int sub = 0;    // parameter of a kind for regions; 1 for a notion that is an action
  };
  struct KindPhrase {
    int kind = 0;
    double confidence = 0.9;
    int need = -1;
    bool need_in_document = false;
  };
  struct Reading {
    int kind = 0;
    int parameter = 0;
    Node value;            // null: the number of the phrase
    std::int64_t add = 0;
  };
  [[nodiscard]] const Phrases& phrases() const { return phrases_; }
  [[nodiscard]] const Owner& owner(int id) const { return owners_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] const KindPhrase& kind_phrase(int i) const {
    return kind_phrases_[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] const Reading& reading(int i) const {
    return readings_[static_cast<std::size_t>(i)];
  }
  [[nodiscard]] bool has_region(int kind, int parameter) const {
    return regions_.contains({kind, parameter});
  }
  // The trained model of kinds; null in a content without one.
  [[nodiscard]] const KindModel* model() const { return model_ ? &*model_ : nullptr; }
  // Another model in its place (cross-validation). K0323.
  [[nodiscard]] Done set_model(std::string_view bytes);
  // The correction that is all but the same clause; null when there is none.
  [[nodiscard]] const OwnExample* own_like(std::u32string_view text) const;
  // Days to watch; a window phrase's Owner::index counts in its entries().
  [[nodiscard]] const WatchCalendar& calendar() const { return calendar_; }
  [[nodiscard]] const std::vector<std::string>& notions() const { return notions_; }
  [[nodiscard]] const DateWords& date_words() const { return date_words_; }
  [[nodiscard]] const HeadWords& head_words() const { return head_words_; }
  // A word list of words.yaml; -1 when there is none of that name (a test compares).
  [[nodiscard]] int list(std::string_view name) const;
  // A Vietnamese citation pattern "cite.*" with {label} replaced.
  [[nodiscard]] std::string cite(const std::string& id, std::string_view label) const;

 private:
  struct Loader;
  Phrases phrases_;
  std::vector<Owner> owners_;
  std::vector<KindInfo> kinds_;
  std::vector<ParameterInfo> common_;
  std::map<std::string, int, std::less<>> by_name_;
  std::vector<KindPhrase> kind_phrases_;
  std::vector<Reading> readings_;
  std::map<std::pair<int, int>, bool> regions_;
  std::map<std::string, int, std::less<>> lists_;
  std::vector<std::string> notions_;
  WatchCalendar calendar_;
  DateWords date_words_;
  HeadWords head_words_;
  std::map<std::string, std::string> cites_;
  std::optional<KindModel> model_;
  std::vector<OwnExample> own_;
};

}  // namespace khien
