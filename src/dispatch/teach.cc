#include "dispatch/teach.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <thread>

#include "base/errors.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "dispatch/anatomy.h"
#include "dispatch/kinds.h"
#include "dispatch/model.h"
#include "dispatch/score.h"

namespace khien {
namespace {

constexpr int kFolds = 4;
constexpr float kPaperWeight = 3;  // a clause in its paper teaches more than one by itself

bool bare_text(std::u32string_view text) {
  return std::none_of(text.begin(), text.end(), [](char32_t c) { return c > 0x7F; });
}

void learn_views(const Vocabulary& v, Place place, bool bare, Lesson& out) {
  const auto starts = [](const Token& t, std::uint32_t at) { return t.begin < at; };
  const auto& tokens = *place.tokens;
  const auto from = std::lower_bound(tokens.begin(), tokens.end(), place.begin, starts);
  const auto to = std::lower_bound(from, tokens.end(), place.end, starts);
  const auto hits = v.phrases().find(tokens, static_cast<std::size_t>(from - tokens.begin()),
                                     static_cast<std::size_t>(to - tokens.begin()), bare);
  place.hits = &hits;
  const std::vector<PhraseKind> phrases = kinds_by_phrases(v, tokens, hits, hits);
  const std::vector<ClauseView> views = views_of(v, place, phrases);
  out.whole.features = features_of(views.front());
  for (std::size_t i = 1; i < views.size(); ++i) out.parts.push_back(features_of(views[i]));
  out.fired.assign(v.kinds().size(), false);
  for (const PhraseKind& p : phrases) out.fired[static_cast<std::size_t>(p.kind)] = true;
}

// One kind of one held-back lesson, as the judge sees it.
struct Case {
  OddsRow row{};
  bool right = false;
  int column = 0;
};

// Solves the positive definite system of the first kOdds columns for the last, in place.
using System = std::array<std::array<double, kOdds + 1>, kOdds>;
void eliminate(System& m) {
  for (std::size_t i = 0; i < kOdds; ++i) {
    for (std::size_t r = 0; r < kOdds; ++r) {
      if (r == i) continue;
      const double f = m[r][i] / m[i][i];
      for (std::size_t k = i; k <= kOdds; ++k) m[r][k] -= f * m[i][k];
    }
  }
}

// Logistic regression by Newton's method.
Odds fit(const std::vector<Case>& cases) {
  constexpr double kRidge = 0.1;
  constexpr int kRounds = 15;
  Odds w{};
  w.front() = 4;
  for (int round = 0; round < kRounds; ++round) {
    System m{};
    for (std::size_t i = 0; i < kOdds; ++i) {
      m[i][i] = kRidge;
      m[i][kOdds] = -kRidge * w[i];
    }
    for (const Case& c : cases) {
      const double p = 1 / (1 + std::exp(-odds_of(w, c.row)));
      for (std::size_t i = 0; i < kOdds; ++i) {
        if (c.row[i] == 0) continue;
        for (std::size_t k = 0; k < kOdds; ++k) m[i][k] += p * (1 - p) * c.row[i] * c.row[k];
        m[i][kOdds] += ((c.right ? 1 : 0) - p) * c.row[i];
      }
    }
    eliminate(m);
    for (std::size_t i = 0; i < kOdds; ++i) w[i] += std::clamp(m[i][kOdds] / m[i][i], -2.0, 2.0);
  }
  return w;
}

// A column that is right more or less often than the judge thinks is shifted, the rare ones less.
std::vector<float> shifts_of(const std::vector<Case>& cases, const Odds& odds,
                             std::size_t columns) {
  constexpr double kPrior = 6;
  constexpr int kRounds = 8;
  std::vector<double> plain;
  for (const Case& c : cases) plain.push_back(odds_of(odds, c.row));
  std::vector<float> out(columns);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> gain(columns);
    std::vector<double> spread(columns, kPrior);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const auto k = static_cast<std::size_t>(cases[i].column);
      const double p = 1 / (1 + std::exp(-(plain[i] + out[k])));
      gain[k] += (cases[i].right ? 1 : 0) - p;
      spread[k] += p * (1 - p);
    }
    for (std::size_t k = 0; k < columns; ++k)
      out[k] += static_cast<float>((gain[k] - kPrior * out[k]) / spread[k]);
  }
  return out;
}

}  // namespace

Lessons::Lessons(const Vocabulary& vocabulary) : v_(vocabulary) {
  for (const KindInfo& k : v_.kinds()) columns_.push_back(k.name);
  for (std::size_t r = 0; r < kRoles; ++r)
    columns_.push_back(role_column(static_cast<SentenceRole>(r)));
}

int Lessons::role_of(SentenceRole role) const {
  return static_cast<int>(v_.kinds().size() + static_cast<std::size_t>(role));
}

Done Lessons::add_examples(const Content& content) {
  KHIEN_TRY(const std::vector<Example> examples, load_examples(content, v_));
  std::set<std::string> seen;
  for (const Example& e : examples) {
    if (!seen.insert(e.text).second) continue;
    add_clause(e.text, e.kinds, e.role);
  }
  return {};
}

void Lessons::add_clause(const std::string& utf8, std::vector<int> columns, SentenceRole role) {
  const std::u32string text = to_u32(utf8);
  const std::vector<Token> tokens = v_.phrases().tokenize(text);
  Lesson lesson;
  const Place place{text, &tokens, nullptr, 0, static_cast<std::uint32_t>(text.size()), {}, {}};
  learn_views(v_, place, bare_text(text), lesson);
  columns.push_back(role_of(role));
  lesson.whole.columns = std::move(columns);
  lessons_.push_back(std::move(lesson));
}

Done Lessons::add_programmes(const Content& content) {
  for (const std::string& path : content.list("programs/", ".yaml")) {
    KHIEN_TRY(const Node node, content.yaml(path));
    for (const Node& measure : node["measures"].items()) {
      std::vector<int> columns;
      for (const Node& k : measure["kinds"].items()) {
        const std::string name = k.is_map() ? k["kind"].text() : k.text();
        const KindInfo* info = v_.find(name);
        if (info != nullptr && name != "other.manual")
          columns.push_back(static_cast<int>(info - v_.kinds().data()));
      }
      add_clause(nfc(measure["text"].text()), std::move(columns), SentenceRole::measure);
    }
  }
  return {};
}

Done Lessons::add_document(const Document& document, const Node& truth) {
  KHIEN_TRY(const Anatomy a, dissect(document, v_));
  const SqueezedText squeezed(a.text);
  const std::u32string subject = to_u32(a.head.subject_line);
  std::map<std::size_t, const Node*> annotated;
  for (const Node& m : truth["measures"].items()) {
    const std::size_t at =
        squeezed.text.find(to_u32(squeeze(nfc(m["text_start"].text()))));
    if (at == std::u32string::npos) continue;
    for (std::size_t i = 0; i < a.clauses.size(); ++i) {
      const Clause& c = a.clauses[i];
      if (c.begin <= squeezed.place[at] + 4 && squeezed.place[at] < c.end) annotated[i] = &m;
    }
  }
  for (std::size_t i = 0; i < a.clauses.size(); ++i) {
    const Clause& c = a.clauses[i];
    const std::u32string heading = heading_above(a, c);
    Lesson lesson;
    learn_views(v_, {a.clean, &a.tokens, nullptr, c.text_begin, c.end, heading, subject}, a.bare,
                lesson);
    lesson.paper = papers_;
    lesson.whole.weight = kPaperWeight;
    lesson.shape = shape_of(a, i);
    lesson.judged = annotated.contains(i);
    if (lesson.judged) {
      const Node& m = *annotated[i];
      for (const std::string& name :
           (m.has("kinds") ? m["kinds"] : m["controls"]).texts()) {
        const KindInfo* info = v_.find(name);
        if (info == nullptr || name == "other.manual") continue;
        lesson.whole.columns.push_back(static_cast<int>(info - v_.kinds().data()));
      }
      const Node& parameters = m.has("parameters") ? m["parameters"] : m["params"];
      lesson.whole.columns.push_back(role_of(
          parameters["kind"].text() == "heading" ? SentenceRole::heading : SentenceRole::measure));
    }
    lessons_.push_back(std::move(lesson));
  }
  ++papers_;
  return {};
}

Done Lessons::add_folder(const std::filesystem::path& folder,
                         const std::vector<std::string>& skip) {
  std::vector<std::filesystem::path> files;
  std::error_code ec;
  for (std::filesystem::directory_iterator at(folder, ec), end; !ec && at != end;
       at.increment(ec)) {
    const bool skipped =
        std::find(skip.begin(), skip.end(), at->path().stem().string()) != skip.end();
    if (at->path().extension() == ".json" && !skipped) files.push_back(at->path());
  }
  if (ec) return fail(err::file_unreadable, folder.string(), {{"detail", ec.message()}});
  std::sort(files.begin(), files.end());
  for (std::filesystem::path& json : files) {
    KHIEN_TRY(const std::string truth_text, read_file(json, limits::yaml_file_bytes));
    KHIEN_TRY(const Node truth, parse_json(truth_text, json.string()));
    const std::string name = json.stem().string();
    KHIEN_TRY(const std::string text,
              read_file(json.replace_extension(".txt"), limits::dispatch_text_bytes));
    KHIEN_TRY(const Document document, document_from_text(text, name));
    KHIEN_DO(add_document(document, truth));
  }
  return {};
}

std::string Lessons::model_bytes() const {
  const std::size_t kinds = v_.kinds().size();
  std::vector<std::vector<Case>> cases(kFolds);
  // papers that stand together were written together: a fold is a run of them
  const auto fold_of = [&](std::size_t i) {
    const int paper = lessons_[i].paper;
    return paper < 0 ? static_cast<int>(i % kFolds) : paper * kFolds / papers_;
  };
  const auto judge_fold = [&](int fold) {
    std::vector<const Sample*> samples;
    for (std::size_t i = 0; i < lessons_.size(); ++i) {
      if (fold_of(i) != fold) samples.push_back(&lessons_[i].whole);
    }
    const Weights weights = train(samples, columns_.size());
    for (std::size_t i = 0; i < lessons_.size(); ++i) {
      const Lesson& l = lessons_[i];
      if (fold_of(i) != fold || !l.judged) continue;
      std::vector<std::vector<float>> margins = {weights.margins(l.whole.features)};
      for (const auto& part : l.parts) margins.push_back(weights.margins(part));
      const Sight sight = merge(margins, columns_);
      const bool spoken = std::find(l.fired.begin(), l.fired.end(), true) != l.fired.end();
      for (std::size_t k = 0; k < kinds; ++k) {
        const auto& columns = l.whole.columns;
        const bool right = std::find(columns.begin(), columns.end(), static_cast<int>(k)) !=
                           columns.end();
        cases[static_cast<std::size_t>(fold)].push_back(
            {row_of(signs_of(sight, k, l.fired[k], spoken, l.shape)), right,
             static_cast<int>(k)});
      }
    }
  };
  for (int fold = 0; fold < kFolds; fold += 2) {
    std::thread other(judge_fold, fold + 1);
    judge_fold(fold);
    other.join();
  }
  std::vector<Case> all;
  for (const auto& some : cases) all.insert(all.end(), some.begin(), some.end());
  const Odds odds = fit(all);
  std::vector<float> shifts = shifts_of(all, odds, columns_.size());
  std::vector<const Sample*> samples;
  for (const Lesson& l : lessons_) samples.push_back(&l.whole);
  const Weights weights = train(samples, columns_.size());
  return pack_model(weights, columns_, shifts, odds, kModelBytes);
}

}  // namespace khien
