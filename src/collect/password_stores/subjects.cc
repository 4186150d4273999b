#include "collect/password_stores/subjects.h"

#include <algorithm>

#include "base/text.h"
#include "engine/password/candidates.h"

namespace khien::password {
namespace {

constexpr std::size_t kCodes = 4;         // short names tried for one account, likely and others
constexpr std::size_t kCodesOfDomain = 2;
constexpr std::size_t kShortestApp = 3;   // letters of an application's name
constexpr std::size_t kLongestApp = 16;

void put(auto& rows, const std::string& key, const Row& row) {
  if (!key.empty()) rows[key].push_back(&row);
}

const Row* only(const auto& rows, const std::string& key) {
  if (key.empty()) return nullptr;
  const auto at = rows.find(key);
  return at == rows.end() || at->second.size() != 1 ? nullptr : at->second.front();
}

void take(const Row& row, Subject& s) {
  if (s.phone.empty()) s.phone = text_of(row, "phone");
  if (s.birth_on.empty()) s.birth_on = text_of(row, "birth_on");
}

std::string local_part(const std::string& mail) { return mail.substr(0, mail.find('@')); }

// Short names in what the agency calls itself: initials of a written name, or a code as it is.
void add_codes(const std::string& name, std::vector<std::string>& out) {
  const std::string folded = skeleton(squeeze(name));
  const bool written = folded.find(' ') != std::string::npos;
  std::string code = written ? initials_of_agency(name) : folded;
  if (!written) code = code.substr(0, code.find_first_of("-/."));
  const bool letters = code.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  if (letters && code.size() >= 2 && code.size() <= 12) out.push_back(code);
}

// "somau" of "somau.gov.vn", "mail.somau.gov.vn" and "SOMAU.LOCAL": the label that names an office.
void add_domain(const std::string& domain, std::vector<std::string>& out) {
  static constexpr std::string_view common[] = {"mail", "email", "www",  "gov",   "com", "edu",
                                                "org",  "net",   "local", "lan",  "corp",
                                                "internal", "intra", "test", "example"};
  const std::string folded = skeleton(domain);
  for (std::size_t from = 0; from < folded.size();) {
    const std::size_t end = std::min(folded.find('.', from), folded.size());
    const std::string label = folded.substr(from, end - from);
    from = end + 1;
    if (label.size() <= 2 || from > folded.size()) continue;  // vn; the last of all
    if (std::find(std::begin(common), std::end(common), label) != std::end(common)) continue;
    const std::string written = by_syllables(label);
    std::string initials;
    for (const char c : written) {
      if (c >= 'A' && c <= 'Z') initials += ascii_lower(c);
    }
    add_codes(label, out);
    if (!out.empty() && out.back() == label) out.back() = written;
    return add_codes(initials, out);
  }
}

// "TDOffice"; "Một cửa" -> "motcua"; of "VNPT iOffice" each word too.
void add_application(const std::string& app, std::vector<std::string>& out) {
  std::string whole;
  std::vector<std::string> words(1);
  for (const char c : skeleton(app) + " ") {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) words.back() += c, whole += c;
    else if (!words.back().empty()) words.emplace_back();
  }
  words.pop_back();
  if (whole.size() < kShortestApp || whole.size() > kLongestApp) return;
  out.push_back(whole == ascii_lower(app) ? app : whole);  // as people write it: TDOffice
  if (words.size() < 2) return;
  for (std::string& word : words) {
    if (word.size() >= kShortestApp) out.push_back(std::move(word));
  }
}

// Those of `from` that are not among `known`, until `to` has `most`.
void take_codes(std::vector<std::string> from, std::size_t most,
                const std::vector<std::string>& known, std::vector<std::string>& to) {
  for (std::string& code : from) {
    const auto same = [&](const std::string& c) { return ascii_lower(c) == ascii_lower(code); };
    const bool there = std::any_of(known.begin(), known.end(), same) ||
                       std::any_of(to.begin(), to.end(), same);
    if (!there && to.size() < most) to.push_back(std::move(code));
  }
}

// The application, or the machine.
std::string place_of(const AgencySource& source) {
  std::string app = source.text("app");
  return app.empty() ? source.text("host") : app;
}

}  // namespace

Holders::Holders(const Agency& agency, const std::vector<Collection>& collected) {
  for (const Collection& c : collected) {
    if (const auto t = c.tables.find("account"); t != c.tables.end()) {
      for (const Row& row : t->second.rows) {
        const std::string app = text_of(row, "app");
        put(accounts_of_, text_of(row, "staff_key"), row);
        const std::string place = fold(app.empty() ? text_of(row, "host") : app);
        put(by_login_, place + "|" + fold(text_of(row, "login")), row);
        if (const std::string mail = fold(text_of(row, "mail")); !mail.empty()) {
          put(by_login_, place + "|" + mail, row);
          put(by_mail_, mail, row);
        }
      }
    }
    if (const auto t = c.tables.find("staff"); t != c.tables.end()) {
      for (const Row& row : t->second.rows) {
        put(staff_by_key_, text_of(row, "staff_key"), row);
        const std::string mail = fold(text_of(row, "mail"));
        put(staff_by_mail_, mail, row);
        if (local_part(mail) != mail) put(staff_by_mail_, local_part(mail), row);
      }
    }
  }
  for (const std::string& name : agency.aliases) add_codes(name, agency_codes_);
  add_codes(agency.record.name, agency_codes_);
  add_codes(agency.record.symbol, agency_codes_);
  for (const std::string& domain : agency.domains) add_domain(domain, domain_codes_);
}

void Holders::add_codes_of_domain(const std::string& domain,
                                  std::vector<std::string>& out) const {
  const auto [at, fresh] = of_domain_.try_emplace(domain);
  if (fresh) add_domain(domain, at->second);
  out.insert(out.end(), at->second.begin(), at->second.end());
}

const Row* Holders::account_of(const StoreEntry& entry, const AgencySource& source) const {
  const std::string place = fold(place_of(source));
  const std::string login = fold(entry.login);
  for (const std::string& key : {place + "|" + login, place + "|" + fold(entry.mail)}) {
    if (key.back() == '|') continue;
    const auto at = by_login_.find(key);
    if (at == by_login_.end()) continue;
    // A log-in may stand in several agencies: the entry's own address and unit say whose it is.
    std::vector<const Row*> rows = at->second;
    const auto narrow = [&](const char* column, const std::string& wanted) {
      std::vector<const Row*> fit;
      std::copy_if(rows.begin(), rows.end(), std::back_inserter(fit), [&](const Row* r) {
        return !wanted.empty() && fold(text_of(*r, column)) == wanted;
      });
      if (!fit.empty()) rows = std::move(fit);
    };
    narrow("mail", fold(entry.mail));
    narrow("agency", fold(entry.domain));
    const bool one = std::all_of(rows.begin(), rows.end(), [&](const Row* r) {
      return text_of(*r, "account_key") == text_of(*rows.front(), "account_key") ||
             (text_of(*r, "agency") == text_of(*rows.front(), "agency") &&
              text_of(*r, "staff_key") == text_of(*rows.front(), "staff_key"));
    });
    if (one) return rows.front();
  }
  return nullptr;
}

const Row* Holders::staff_of(const Row* account, const StoreEntry& entry) const {
  if (account != nullptr) {
    if (const Row* r = only(staff_by_key_, text_of(*account, "staff_key"))) return r;
  }
  const std::string mail = fold(entry.mail);
  if (const Row* r = only(staff_by_mail_, mail)) return r;
  if (const Row* r = only(by_mail_, mail); r != nullptr) {
    if (const Row* s = only(staff_by_key_, text_of(*r, "staff_key"))) return s;
  }
  return only(staff_by_mail_, local_part(fold(entry.login)));
}

Holder Holders::find(const StoreEntry& entry, const AgencySource& source) const {
  Holder out;
  const Row* account = account_of(entry, source);
  const Row* staff = staff_of(account, entry);
  Subject& s = out.subject;
  s.login = entry.login;
  s.mail = entry.mail;
  s.full_name = entry.full_name;
  const std::string place = place_of(source);
  out.account_key = place + ":" + fold(entry.login);
  std::vector<std::string> codes = codes_of_login(entry.login);
  if (entry.domain.find('.') == std::string::npos) add_codes(entry.domain, codes);
  const std::string host = source.text("host");
  for (std::string& code : codes_of_login("x-" + host)) codes.push_back(std::move(code));
  if (account != nullptr) {
    out.account_key = text_of(*account, "account_key");
    out.agency = text_of(*account, "agency");
    out.staff_key = text_of(*account, "staff_key");
    if (s.full_name.empty()) s.full_name = text_of(*account, "display_name");
    if (s.mail.empty()) s.mail = text_of(*account, "mail");
    take(*account, s);
    add_codes(out.agency, codes);
  }
  if (staff != nullptr) {
    out.staff_key = text_of(*staff, "staff_key");
    s.full_name = text_of(*staff, "full_name");
    if (s.mail.empty()) s.mail = text_of(*staff, "mail");
    take(*staff, s);
  }
  // What one application does not know of the person, another may.
  if (const auto same = accounts_of_.find(out.staff_key); same != accounts_of_.end()) {
    for (const Row* row : same->second) take(*row, s);
  }
  for (std::string& code : codes_of_login(s.mail)) codes.push_back(std::move(code));
  codes.insert(codes.end(), agency_codes_.begin(), agency_codes_.end());
  take_codes(std::move(codes), kCodes, s.codes, s.codes);
  std::vector<std::string> more = domain_codes_;
  if (entry.domain.find('.') != std::string::npos) add_codes_of_domain(entry.domain, more);
  if (const std::size_t at = s.mail.find('@'); at != std::string::npos) {
    add_codes_of_domain(s.mail.substr(at + 1), more);
  }
  add_application(source.text("app"), more);
  // An agency nobody gave a short name goes by its domain.
  if (s.codes.empty()) take_codes(more, kCodesOfDomain, s.codes, s.codes);
  take_codes(std::move(more), kCodes, s.codes, s.more_codes);
  if (out.agency.empty() && host.empty()) out.agency = entry.domain;
  // An id as lists write it; one made here is nobody's password.
  if (const Row* listed = only(staff_by_key_, out.staff_key)) {
    s.staff_id = text_of(*listed, "staff_id");
  }
  out.person = !out.staff_key.empty() ? out.staff_key : fold(s.full_name);
  return out;
}

}  // namespace khien::password
