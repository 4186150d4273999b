// Rules, not a collection: names without marks, dates, phones, the agency's short name, each with
// the endings people add so that a machine accepts them.
#include "engine/password/candidates.h"

#include <set>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"

namespace khien::password {
namespace {

std::string capital(std::string text) {
  if (!text.empty()) text[0] = ascii_upper(text[0]);
  return text;
}

std::string letters_and_digits(std::string_view text) {
  std::string out;
  for (const char c : skeleton(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

std::vector<std::string> parts(std::string_view text, std::string_view separators) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (separators.find(c) != std::string_view::npos) {
      if (!out.back().empty()) out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

class Words {  // in order, each once
 public:
  void add(std::string text, Class as) {
    if (!text.empty() && seen_.insert(text).second) words_.push_back({std::move(text), as});
  }
  void skip(const std::vector<Word>& known) {
    for (const Word& w : known) seen_.insert(w.text);
  }
  std::vector<Word> take() { return std::move(words_); }

 private:
  std::set<std::string> seen_;
  std::vector<Word> words_;
};

struct Names {
  std::string given, full, given_initials, initials_given, last_two, login, base;
};

Names names_of(const Subject& s) {
  Names out;
  out.login = skeleton(s.login.substr(0, s.login.find('@')));
  out.base = base_of_login(s.login);
  const std::vector<std::string> words = parts(skeleton(s.full_name), " \t");
  if (words.empty()) return out;
  std::string initials;
  for (const std::string& w : words) out.full += letters_and_digits(w);
  out.given = letters_and_digits(words.back());
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    initials += letters_and_digits(words[i]).substr(0, 1);
  }
  out.given_initials = out.given + initials;
  out.initials_given = initials + out.given;
  if (words.size() > 2) out.last_two = letters_and_digits(words[words.size() - 2]) + out.given;
  return out;
}

struct Birth {
  std::string year, month, day;
  explicit Birth(const std::string& on) {
    if (on.size() != 10) return;
    year = on.substr(0, 4), month = on.substr(5, 2), day = on.substr(8, 2);
  }
  [[nodiscard]] bool known() const { return !year.empty(); }
  [[nodiscard]] std::string whole() const { return day + month + year; }
  [[nodiscard]] std::string brief() const { return day + month + year.substr(2); }
};

std::string phone_digits(const std::string& phone) {
  std::string out;
  for (const char c : phone) {
    if (c >= '0' && c <= '9') out += c;
  }
  if (out.starts_with("84") && out.size() > 10) out = "0" + out.substr(2);
  if (out.size() == 9 && out[0] != '0') out = "0" + out;
  return out.size() < 9 ? "" : out;
}

void add_numbers(const Subject& s, const Birth& birth, Words& out) {
  const std::string phone = phone_digits(s.phone);
  if (!phone.empty()) {
    out.add(phone, Class::phone);
    out.add(phone.substr(1), Class::phone);
    out.add(phone + "@", Class::phone);
  }
  if (birth.known()) {
    out.add(birth.whole(), Class::phone);
    out.add(birth.brief(), Class::phone);
    out.add(birth.whole() + "@", Class::phone);
  }
}

void add_likely(const Names& n, const Birth& birth, const WordRules& rules, int year, Words& out) {
  for (const std::string& name : {n.login, n.base, n.given}) {
    if (name.empty()) continue;
    out.add(name, Class::name);
    const std::string big = capital(name);
    for (std::size_t i = 0; i < std::min<std::size_t>(rules.name_endings.size(), 5); ++i) {
      out.add(name + rules.name_endings[i], Class::name);
      out.add(big + rules.name_endings[i], Class::name);
    }
    if (!birth.known()) continue;
    for (const std::string& b : {big + "@" + birth.year, big + birth.whole(), big + birth.year,
                                 name + birth.year, name + "@" + birth.year,
                                 name + birth.whole()}) {
      out.add(b, Class::name);
    }
  }
  for (const std::string& name : {n.base, n.given}) {
    for (int y = year; y > year - 2 && !name.empty(); --y) {
      out.add(fmt::format("{}@{}", capital(name), y), Class::name);
    }
  }
  out.add(n.full, Class::name);
  if (!n.full.empty()) out.add(n.full + "123", Class::name);
}

void add_with_endings(const std::string& name, const Birth& birth, const WordRules& rules,
                      int year, Words& out) {
  std::vector<std::string> ends = rules.name_endings;
  if (birth.known()) {
    const std::string yy = birth.year.substr(2);
    for (const std::string& e : {birth.year, yy, birth.whole(), birth.brief(),
                                 birth.day + birth.month, birth.month + birth.year}) {
      ends.push_back(e);
      ends.push_back("@" + e);
    }
  } else {
    for (int y = 1962; y <= 2004; ++y) {
      ends.push_back(std::to_string(y));
      ends.push_back("@" + std::to_string(y));
    }
  }
  for (int y = year; y >= rules.first_year; --y) {
    ends.push_back(std::to_string(y));
    ends.push_back("@" + std::to_string(y));
    ends.push_back("#" + std::to_string(y));
  }
  if (birth.known()) {
    for (const std::string& e : {birth.year, birth.year.substr(2), birth.whole()}) {
      ends.push_back(e + "@");
      ends.push_back(e + "!");
    }
  }
  const std::string shapes[] = {name, capital(name), ascii_upper(name)};
  for (const std::string& shape : shapes) out.add(shape, Class::name);
  for (const std::string& end : ends) {
    for (const std::string& shape : shapes) out.add(shape + end, Class::name);
  }
}

void add_dates(const Birth& birth, Words& out) {
  if (!birth.known()) return;
  for (const std::string& d :
       {birth.year + birth.month + birth.day, birth.day + birth.month,
        birth.day + "/" + birth.month + "/" + birth.year,
        birth.day + "-" + birth.month + "-" + birth.year, birth.month + birth.year, birth.year,
        birth.day + "." + birth.month + "." + birth.year}) {
    out.add(d, Class::phone);
  }
}

// "tran thi thu", "Trần Thị Thử": as it is written, and its words run together.
void add_whole_name(const std::string& full_name, Words& out) {
  const std::string written = squeeze(full_name);
  const std::string plain = skeleton(written);
  if (plain.find(' ') == std::string::npos) return;
  std::string each;  // "Tran Thi Thu"
  for (const std::string& word : parts(plain, " ")) {
    each += (each.empty() ? "" : " ") + capital(word);
  }
  std::string joined = written;
  std::string each_joined = each;
  std::erase(joined, ' ');
  std::erase(each_joined, ' ');
  for (const std::string& shape : {plain, capital(plain), each, ascii_upper(plain), written,
                                   joined, each_joined}) {
    out.add(shape, Class::name);
    out.add(shape + "123", Class::name);
    out.add(shape + "@123", Class::name);
  }
}

// "thutt@somau", "Thu.somau": who and where.
void add_at_codes(const Names& n, const Subject& s, Words& out) {
  for (const auto* codes : {&s.codes, &s.more_codes}) {
    for (const std::string& code : *codes) {
      const std::string low = letters_and_digits(code);
      if (low.size() < 2) continue;
      for (const std::string& name : {n.login, n.base, n.given, n.given_initials}) {
        if (name.empty()) continue;
        for (const char* mark : {"@", ".", "_", ""}) {
          out.add(name + mark + low, Class::name);
          out.add(capital(name) + mark + capital(low), Class::name);
        }
      }
    }
  }
}

}  // namespace

std::string base_of_login(const std::string& login) {
  std::string text = skeleton(login.substr(0, login.find('@')));
  const std::size_t at = text.find_first_of("._-");
  if (at != std::string::npos && at > 0) text.resize(at);
  return letters_and_digits(text);
}

std::vector<std::string> codes_of_login(const std::string& login) {
  std::vector<std::string> out;
  const auto pieces = parts(skeleton(login.substr(0, login.find('@'))), "._-");
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const bool letters = pieces[i].find_first_not_of("abcdefghijklmnopqrstuvwxyz") ==
                         std::string::npos;
    if (letters && pieces[i].size() >= 2 && pieces[i].size() <= 12) out.push_back(pieces[i]);
  }
  return out;
}

std::string initials_of_agency(const std::string& name) {
  std::string out;
  static const std::set<std::string> place = {"tinh", "huyen", "quan", "xa", "phuong"};
  for (const std::string& word : parts(skeleton(name), " ,-")) {
    if (out.size() >= 2 && place.contains(word)) break;
    if (word != "va") out += letters_and_digits(word).substr(0, 1);
  }
  return out.size() < 2 ? "" : out;
}

std::vector<Word> code_words(const std::string& code, const WordRules& rules, int year,
                             Reach reach) {
  Words out;
  const std::string low = letters_and_digits(code);
  if (low.size() < 2) return {};
  std::vector<std::string> shapes = {capital(low), low, ascii_upper(low)};
  // As people write it, where they mix: TDOffice, SoMau.
  const bool mixed = ascii_lower(code) == low && code != low && code != shapes[0] &&
                     code != shapes[2];
  if (mixed) shapes.insert(shapes.begin() + 1, code);
  std::vector<std::string> ends = rules.code_endings;
  for (int y = year; y >= rules.first_year; --y) ends.push_back("@" + std::to_string(y));
  const std::size_t few = std::min<std::size_t>(ends.size(), rules.code_endings.size() + 4);
  for (std::size_t i = 0; i < few; ++i) {
    for (std::size_t s = 0; s + 2 < shapes.size(); ++s) {
      out.add(shapes[s] + ends[i], Class::default_word);
    }
    if (i < 3) out.add(low + ends[i], Class::default_word);
  }
  if (reach == Reach::likely) return out.take();
  const std::vector<Word> likely = out.take();
  Words wide;
  wide.skip(likely);
  for (int y = year; y >= rules.first_year; --y) ends.push_back(std::to_string(y));
  for (const char* e : {"1", "12", "123", "1234", "12345", "123456", "@", "#123", "!123"}) {
    ends.emplace_back(e);
  }
  for (const std::string& shape : shapes) {
    for (const std::string& e : ends) wide.add(shape + e, Class::default_word);
  }
  std::vector<Word> some = wide.take();
  if (reach == Reach::wide) return some;
  Words widest;
  widest.skip(likely);
  widest.skip(some);
  ends = rules.code_rare_endings;
  for (int y = year; y >= rules.first_year; --y) {
    for (const char* form : {"#{}", "@{}!", "@{}#", "{}@", "{}!", "_{}", "${}", ".{}", "@{}"}) {
      ends.push_back(fmt::format(fmt::runtime(form), y));
    }
  }
  const std::size_t last = mixed ? code.find_last_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
  if (last > 0 && last < code.size()) {
    const std::string place = code.substr(last);
    shapes.push_back(place);  // Mau@2024
    for (const std::string& of : {"Tinh" + ascii_lower(place), "Tinh" + place}) {
      shapes.push_back(of);  // the province of a department: Tinhmau@2024
    }
  }
  for (const std::string& shape : shapes) {
    widest.add(shape, Class::default_word);
    for (const std::string& e : ends) widest.add(shape + e, Class::default_word);
  }
  return widest.take();
}

std::vector<Word> personal_words(const Subject& subject, const WordRules& rules, int year,
                                 Reach reach) {
  const Names n = names_of(subject);
  const Birth birth(subject.birth_on);
  Words likely;
  for (const std::string& code : subject.codes) {
    for (Word& w : code_words(code, rules, year, Reach::likely)) {
      likely.add(std::move(w.text), w.as);
    }
  }
  add_numbers(subject, birth, likely);
  add_likely(n, birth, rules, year, likely);
  std::vector<Word> first = likely.take();
  if (reach == Reach::likely) return first;
  Words wide;
  wide.skip(first);
  wipe(first);
  add_dates(birth, wide);
  add_whole_name(subject.full_name, wide);
  add_at_codes(n, subject, wide);
  for (const std::string& code : subject.codes) {
    for (Word& w : code_words(code, rules, year, Reach::wide)) wide.add(std::move(w.text), w.as);
  }
  const std::set<std::string> names = {n.given, n.login, n.base, n.full, n.given_initials,
                                       n.initials_given, n.last_two};
  const std::string phone = phone_digits(subject.phone);
  for (const std::string& name : names) {
    if (name.empty()) continue;
    add_with_endings(name, birth, rules, year, wide);
    if (phone.empty()) continue;
    for (const std::string& shape : {name, capital(name)}) {
      wide.add(shape + phone, Class::name);
      wide.add(shape + "@" + phone, Class::name);
    }
  }
  if (const std::size_t at = subject.mail.find('@'); at != std::string::npos) {
    wide.add(ascii_lower(subject.mail), Class::name);
    wide.add(ascii_lower(subject.mail.substr(at + 1)), Class::default_word);
  }
  for (const std::string& code : subject.more_codes) {
    for (const Reach part : {Reach::likely, Reach::wide}) {
      for (Word& w : code_words(code, rules, year, part)) wide.add(std::move(w.text), w.as);
    }
  }
  if (!subject.staff_id.empty()) {
    add_with_endings(ascii_lower(subject.staff_id), birth, rules, year, wide);
  }
  return wide.take();
}

std::vector<Word> own_list(const WordRules& rules, int year) {
  Words out;
  for (const std::string& w : rules.words) out.add(w, Class::dictionary);
  std::vector<std::string> ends = rules.endings;
  for (int y = year; y >= rules.first_year; --y) {
    ends.push_back("@" + std::to_string(y));
    ends.push_back(std::to_string(y));
  }
  for (const auto* roots : {&rules.roots, &rules.rare_roots}) {
    for (const std::string& root : *roots) out.add(root, Class::dictionary);
    for (const std::string& end : ends) {
      for (const std::string& root : *roots) {
        out.add(root + end, Class::dictionary);
        out.add(capital(root) + end, Class::dictionary);
      }
    }
    for (const std::string& root : *roots) {
      out.add(capital(root), Class::dictionary);
      out.add(ascii_upper(root), Class::dictionary);
    }
    if (roots != &rules.roots) continue;
    for (const std::string& w : rules.rare_words) out.add(w, Class::dictionary);
  }
  return out.take();
}

}  // namespace khien::password
