// The parent's side: opens files, says whose account each entry is, starts the workers, writes
// rows.
#include "collect/password_stores/password_stores.h"

#include <thread>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "collect/password_stores/errors.h"
#include "collect/password_stores/ranges.h"
#include "collect/password_stores/store_text.h"
#include "collect/password_stores/subjects.h"
#include "engine/password/board.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
using password::Holder;
using password::StoreEntry;

constexpr std::int64_t kUsualSeconds = 60;
constexpr std::int64_t kMarginMs = 60'000;
constexpr unsigned kMostWorkers = 64;
constexpr const char* kOwnList = "khien";

class Test {
 public:
  Test(const Agency& agency, const Content& content, WorkerPool& pool, const Clock& clock,
       const std::vector<Collection>& collected, std::vector<Error>& problems)
      : agency_(agency), content_(content), pool_(pool), clock_(clock), collected_(collected),
        problems_(problems) {}

  Result<std::vector<Collection>> run() {
    open_stores();
    if (sources_.empty()) return std::move(out_);
    const std::int64_t started = clock_.now_ms();
    KHIEN_DO(read_policy());
    open_lists();
    KHIEN_TRY(const Fd bundle, memory_input(bytes_, "stores"));
    khien::wipe(bytes_);
    const Node layout = Node::map({{"sizes", sizes_}, {"places", places_}});
    auto told = run_one("password.entries", bundle.get(), {}, layout, kMarginMs);
    if (!told) {
      failed(told.error());
    } else if (Done done = test(*told, bundle.get(), layout); !done) {
      failed(done.error());
    }
    for (Collection& c : out_) {
      if (c.started_at == 0) c.started_at = started;
      c.finished_at = clock_.now_ms();
      c.agency = agency_.record.name;
    }
    return std::move(out_);
  }

 private:
  Result<Node> run_one(const char* job, int main, std::vector<int> more, Node args,
                       std::int64_t ms) {
    WorkerTask task{job, "stores", main, std::move(more), std::move(args)};
    WorkerOptions options;
    options.job_ms = static_cast<int>(ms);
    auto replies = pool_.run_all({task}, options);
    return std::move(replies.front());
  }

  Collection& begin(const AgencySource& source, std::string sha256) {
    Collection c;
    c.collector = "password_stores";
    c.collector_version = "0.1";
    c.source = source.written;
    c.source_sha256 = std::move(sha256);
    c.host = source.text("host");
    c.tables["password_test"];
    out_.push_back(std::move(c));
    return out_.back();
  }

  void missing(Collection& c, const Error& error) {
    problems_.push_back(error);
    c.mark("password_test", TableFacts::Status::missing, "reason.collect.source_unreadable",
           to_string(error));
  }

  // All stores go into one memory file: a province has hundreds of machines.
  void open_stores() {
    Node sizes = Node::list(), places = Node::list();
    for (const AgencySource& source : agency_.sources) {
      if (source.type != "password_stores") continue;
      budget_ms_ = std::max(budget_ms_, source.fields["budget_seconds"].integer() * 1000);
      auto bytes = password::store_bytes(source);
      if (bytes && bytes_.size() + bytes->size() > limits::password_stores_bytes) {
        bytes = fail(err::file_too_large, source.written,
                     {{"limit", fmt::format("{}", limits::password_stores_bytes)}});
      }
      Collection& c = begin(source, bytes ? sha256_hex(*bytes) : "");
      if (!bytes) {
        missing(c, bytes.error());
        continue;
      }
      sizes.push(bytes->size());
      places.push(source.written);
      bytes_ += *bytes;
      khien::wipe(*bytes);
      sources_.push_back(&source);
      at_.push_back(out_.size() - 1);
    }
    sizes_ = std::move(sizes);
    places_ = std::move(places);
    if (budget_ms_ == 0) budget_ms_ = kUsualSeconds * 1000;
  }

  Done read_policy() {
    KHIEN_TRY(rules_, content_.yaml("words/passwords.yaml"));
    policy_ = Node::map({{"min_length", 9},
                         {"classes", Node::list_of({"digit", "letter", "special"})}});
    defaults_ = Node::list();
    for (const AgencySource& source : agency_.sources) {
      if (source.type != "password_policy") continue;
      auto text = read_file(source.path, limits::yaml_file_bytes);
      auto node = !text                                   ? Result<Node>(pass_on(text.error()))
                  : source.path.extension() == ".json" ? parse_json(*text, source.written)
                                                          : parse_yaml(*text, source.written);
      if (!node) {
        problems_.push_back(node.error());
        continue;
      }
      for (const std::string& w : (*node)["defaults_known_to_admin"].texts()) defaults_.push(w);
      for (const char* key : {"min_length", "classes"}) {
        if (node->has(key)) policy_.set(key, (*node)[key]);
      }
    }
    return {};
  }

  void open_lists() {
    for (const bool words : {true, false}) {
      for (const AgencySource& source : agency_.sources) {
        if (source.type != (words ? "word_list" : "leaked_list")) continue;
        std::error_code ec;
        if (!words && fs::is_directory(source.path, ec)) {
          folders_.push_back(&source);
        } else if (Done done = open_list(source, words); !done) {
          problems_.push_back(done.error());
          list_trouble_ = to_string(done.error());
        }
      }
    }
    for (const std::string& name : word_names_) list_names_.push_back(name);
    for (const std::string& name : leaked_names_) list_names_.push_back(name);
    for (const AgencySource* folder : folders_) list_names_.push_back(name_of(*folder));
  }

  static std::string name_of(const AgencySource& source) {
    return source.text("name").empty() ? source.path.filename().string() : source.text("name");
  }

  Done open_list(const AgencySource& source, bool words) {
    if (files_.size() >= limits::password_lists) {
      return fail(err::store_lists, source.place,
                  {{"limit", fmt::format("{}", limits::password_lists)}});
    }
    KHIEN_TRY(Fd fd, open_input(source.path, SIZE_MAX));
    if (!words) {
      KHIEN_TRY(const Fd none, memory_input("", "none"));
      KHIEN_TRY(const Node head, run_one("password.leaked_head", none.get(), {fd.get()},
                                         Node::map(), kMarginMs * 10));
    }
    (words ? word_names_ : leaked_names_).push_back(name_of(source));
    files_.push_back(std::move(fd));
    return {};
  }

  void failed(const Error& error) {
    problems_.push_back(error);
    for (const std::size_t i : at_) {
      out_[i].tables["password_test"].rows.clear();
      out_[i].mark("password_test", TableFacts::Status::missing,
                   "reason.collect.source_unreadable", to_string(error));
    }
  }

  void read_entries(const Node& told) {
    for (const Node& e : told["entries"].items()) {
      StoreEntry entry;
      entry.store = std::min(static_cast<std::size_t>(e["store"].integer()), at_.size() - 1);
      entry.login = e["login"].text();
      entry.domain = e["domain"].text();
      entry.mail = e["mail"].text();
      entry.full_name = e["name"].text();
      entry.scheme = e["scheme"].text();
      entry.none = e["none"].boolean();
      entry.unknown = e["unknown"].boolean();
      entry.unsalted = e["unsalted"].boolean();
      entry.weak_store = e["weak"].boolean();
      entry.lm_kept = e["lm"].boolean();
      entry.disabled = e["disabled"].boolean();
      entry.alternative = e["alternative"].boolean();
      entries_.push_back(std::move(entry));
    }
    const auto& stores = told["stores"].items();
    for (std::size_t i = 0; i < stores.size() && i < at_.size(); ++i) {
      Collection& c = out_[at_[i]];
      if (stores[i].has("code")) {
        missing(c, Error{stores[i]["code"].text(), stores[i]["place"].text(), {}});
      } else if (stores[i]["unreadable"].integer() > 0) {
        std::string lines;
        for (const Node& n : stores[i]["lines"].items()) {
          lines += (lines.empty() ? "" : ", ") + n.text();
        }
        c.mark("password_test", TableFacts::Status::partial, "reason.password.rows_unreadable",
               fmt::format("{}: {}", stores[i]["unreadable"].integer(), lines));
      }
    }
  }

  Node subject_node(const Holder& h) const {
    Node out = Node::map();
    const auto put = [&](const char* key, const std::string& value) {
      if (!value.empty()) out.set(key, value);
    };
    put("login", h.subject.login);
    put("mail", h.subject.mail);
    put("name", h.subject.full_name);
    put("phone", h.subject.phone);
    put("birth", h.subject.birth_on);
    put("person", h.person);
    put("staff", h.subject.staff_id);
    if (!h.subject.codes.empty()) out.set("codes", Node::list_of(h.subject.codes));
    const auto& more = h.subject.more_codes;
    if (!more.empty()) out.set("more_codes", Node::list_of(more));
    return out;
  }

  Done test(const Node& told, int bundle, const Node& layout) {
    read_entries(told);
    const password::Holders holders(agency_, collected_);
    Node subjects = Node::list();
    std::string unsalted;
    for (const StoreEntry& entry : entries_) {
      holders_.push_back(holders.find(entry, *sources_[entry.store]));
      subjects.push(subject_node(holders_.back()));
      unsalted += entry.unsalted ? '1' : '0';
    }
    if (entries_.empty()) return {};
    Node leaked_rows = Node::list();
    for (std::size_t i = 0; i < folders_.size(); ++i) {
      const auto number = static_cast<std::int64_t>(2 + files_.size() + i);
      if (Done d = look_up_ranges(pool_, folders_[i]->path, bundle, layout, number, leaked_rows);
          !d) {
        problems_.push_back(d.error());
        list_trouble_ = to_string(d.error());
      }
    }
    KHIEN_TRY(std::string key, random_bytes(32));
    const std::size_t bytes = password::Board::bytes_for(entries_.size());
    KHIEN_TRY(const Fd board, shared_memory(bytes, key));
    khien::wipe(key);
    Node args = layout;
    args.set("subjects", std::move(subjects));
    args.set("rules", rules_);
    args.set("policy", policy_);
    args.set("defaults", defaults_);
    args.set("leaked_rows", std::move(leaked_rows));
    args.set("leaked", Node::list_of(leaked_names_));
    args.set("lists", word_names_.size());
    args.set("year", year_of(clock_.now_ms()));
    args.set("budget_ms", budget_ms_);
    const std::size_t shares = run_shares(bundle, board.get(), std::move(args));
    KHIEN_TRY(const Node outcomes,
              run_one("password.outcomes", board.get(), {},
                      Node::map({{"count", entries_.size()},
                                 {"unsalted", std::move(unsalted)},
                                 {"shares", shares}}),
                      kMarginMs));
    write_rows(outcomes);
    return {};
  }

  static std::int64_t year_of(std::int64_t now_ms) {
    return local_date(now_ms).year;
  }

  // One child a core; a child that breaks costs its share, which stays "not finished".
  std::size_t run_shares(int bundle, int board, Node args) {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t shares = std::min<std::size_t>({cores, kMostWorkers, entries_.size()});
    args.set("shares", shares);
    std::vector<WorkerTask> tasks;
    for (std::size_t i = 0; i < shares; ++i) {
      WorkerTask task{"password.test", "stores", bundle, {board}, args};
      task.args.set("share", i);
      for (const Fd& file : files_) task.more.push_back(file.get());
      tasks.push_back(std::move(task));
    }
    WorkerOptions options;
    options.job_ms = static_cast<int>(budget_ms_ + kMarginMs);
    options.cpu_seconds = static_cast<unsigned>((budget_ms_ + kMarginMs) / 1000 + 1);
    options.locked_bytes = password::Board::bytes_for(entries_.size()) + limits::kMiB;
    for (const auto& reply : pool_.run_all(tasks, options)) {
      if (!reply) problems_.push_back(reply.error());
    }
    return shares;
  }

  void write_rows(const Node& outcomes) {
    const std::int64_t now = clock_.now_ms();
    const auto& list = outcomes.items();
    for (std::size_t i = 0; i < entries_.size() && i < list.size(); ++i) {
      const StoreEntry& e = entries_[i];
      if (e.none || e.alternative) continue;  // no password opens it; told with the one before
      Collection& c = out_[at_[e.store]];
      if (c.tables["password_test"].status == TableFacts::Status::missing) continue;
      const bool two = i + 1 < entries_.size() && i + 1 < list.size() &&
                       entries_[i + 1].alternative;
      const std::size_t told = two && password::says_more(list[i + 1], list[i]) ? i + 1 : i;
      fill(c.add("password_test"), entries_[told], holders_[i], list[told], *sources_[e.store],
           now);
      if (!list_trouble_.empty() &&
          c.tables["password_test"].status == TableFacts::Status::complete) {
        c.mark("password_test", TableFacts::Status::partial, "reason.password.list_unreadable",
               list_trouble_);
      }
    }
  }

  void fill(Row& row, const StoreEntry& e, const Holder& holder, const Node& outcome,
            const AgencySource& source, std::int64_t now) const {
    const auto put = [&](const char* column, const std::string& text) {
      if (!text.empty()) row[column] = text;
    };
    const auto flag = [&](const char* column, bool yes) { row[column] = std::int64_t{yes}; };
    put("account_key", holder.account_key);
    put("app", source.text("app"));
    put("host", source.text("host"));
    put("login", e.login);
    put("agency", holder.agency);
    put("staff_key", holder.staff_key);
    put("scheme", e.unknown ? "unknown" : e.scheme);
    const std::string weak = outcome["class"].text();
    const bool finished = !e.unknown && (outcome["finished"].boolean() || weak != "none");
    if (finished) put("weak_class", weak);
    const auto number = static_cast<std::size_t>(outcome["list"].integer());
    if (weak == "dictionary" || weak == "leaked") {
      put("list_name", number < 2 ? kOwnList
                       : number - 2 < list_names_.size() ? list_names_[number - 2] : "");
    }
    flag("probable", outcome["probable"].boolean());
    if (outcome["known"].boolean()) flag("breaks_policy", outcome["breaks"].boolean());
    flag("weak_store", e.weak_store);
    flag("lm_kept", e.lm_kept);
    if (e.disabled) flag("enabled", false);
    if (outcome["group"].integer() > 0) {
      row["equal_group"] = outcome["group"].integer();
      row["equal_count"] = outcome["size"].integer();
    }
    flag("exhausted", finished);
    row["tested_at"] = now;
    row["tested_at_precision"] = std::string("ms");
  }

  const Agency& agency_;
  const Content& content_;
  WorkerPool& pool_;
  const Clock& clock_;
  const std::vector<Collection>& collected_;
  std::vector<Error>& problems_;
  std::vector<Collection> out_;
  std::vector<const AgencySource*> sources_;  // stores that were read
  std::vector<std::size_t> at_;               // their collections in out_
  std::string bytes_;
  Node sizes_, places_, rules_, policy_, defaults_;
  std::int64_t budget_ms_ = 0;
  std::vector<Fd> files_;  // word lists, then leaked lists
  std::vector<std::string> word_names_, leaked_names_, list_names_;
  std::vector<const AgencySource*> folders_;
  std::string list_trouble_;
  std::vector<StoreEntry> entries_;
  std::vector<Holder> holders_;
};

}  // namespace

Result<std::vector<Collection>> collect_password_stores(
    const Agency& agency, const Content& content, WorkerPool& pool, const Clock& clock,
    const std::vector<Collection>& collected, std::vector<Error>& problems) {
  return Test(agency, content, pool, clock, collected, problems).run();
}

}  // namespace khien
