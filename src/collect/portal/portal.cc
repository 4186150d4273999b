// The order of a visit: robots.txt, the connection, the home page, the fixed list, then pages that
// the sitemap calls newest and those the home page links to.
#include "collect/portal/portal.h"

#include <poll.h>

#include <deque>
#include <set>

#include "base/text.h"
#include "collect/network/connection.h"
#include "collect/network/errors.h"
#include "collect/portal/http.h"
#include "engine/portal/exposed.h"
#include "engine/portal/headers.h"
#include "engine/portal/lead.h"
#include "engine/portal/page.h"
#include "engine/portal/site.h"
#include "engine/portal/words.h"

namespace khien {
namespace {

using namespace portal;

constexpr int kSitemapFiles = 5;
constexpr int kSilentPages = 3;  // failures in a row, then the visit ends
constexpr const char* kPages = "portal_page";

std::string state_of(const Error& error) {
  static const std::map<std::string, std::string> states = {
      {err::connect_refused, "refused"},      {err::answer_timeout, "timeout"},
      {err::name_unresolved, "no_name"},      {err::connect_failed, "no_route"},
      {err::address_private, "private_address"}, {err::tls_failed, "tls_failed"},
      {err::redirected_away, "redirected_away"}};
  const auto at = states.find(error.code);
  return at == states.end() ? "failed" : at->second;
}

void show_headers(const HttpReply& reply, Row& row) {
  const HeaderFacts facts = read_headers(reply.headers, reply.url.scheme == "https");
  row["hsts"] = std::int64_t{facts.hsts};
  row["csp"] = std::int64_t{facts.csp};
  row["frame_protection"] = std::int64_t{facts.frame_protection};
  row["cookie_count"] = facts.cookies;
  row["unsafe_cookie_count"] = facts.unsafe_cookies;
  row["server_version"] = facts.server_version;
}

HttpOptions http_options(const PortalSpec& spec) {
  return {spec.allow_private, spec.timeout_ms, kPageBytes};
}

class Visit {
 public:
  Visit(const PortalSpec& spec, Url url, Node words, WorkerPool& pool, const Clock& clock)
      : spec_(spec), url_(std::move(url)), words_(std::move(words)), pool_(pool), clock_(clock),
        client_(url_, http_options(spec)), from_(steady_.steady_ms()) {
    out_.collector = "portal";
    out_.collector_version = "0.1";
    out_.source = url_.text();
    out_.started_at = clock.now_ms();
    out_.tables["portal_check"];
    out_.tables[kPages];
  }

  Collection all() {
    Row row = {{"portal", url_.text()}, {"checked_at", clock_.now_ms()}};
    const auto home = client_.get(url_);
    if (!home) {
      // Plain http that gave no answer may still lead to https.
      if (url_.scheme == "https") row["https"] = std::int64_t{1};
      row["state"] = state_of(home.error());
      row["problem"] = to_string(home.error());
      led_away(home.error(), row);
      connection(url_, row);
      out_.mark(kPages, TableFacts::Status::missing, "reason.network.portal_silent",
                to_string(home.error()));
    } else {
      row["state"] = std::string("answered");
      row["status"] = std::int64_t{home->status};
      row["answer_ms"] = home->took_ms;
      row["https"] = std::int64_t{home->url.scheme == "https"};
      connection(home->url, row);
      show_headers(*home, row);
      robots(row);
      exposed(home->url, row);
      pages(*home, row);
      row["page_count"] = static_cast<std::int64_t>(out_.tables[kPages].rows.size());
    }
    out_.tables["portal_check"].rows.push_back(std::move(row));
    out_.finished_at = clock_.now_ms();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool out_of_time() const {
    return steady_.steady_ms() - from_ > spec_.total_ms;
  }
  void pause() const {
    const int ms = std::max(spec_.delay_ms, robots_.delay_ms);
    if (ms > 0) poll(nullptr, 0, ms);
  }

  Result<net::TlsFacts> handshake(const Url& url, bool old_versions) const {
    const net::Target at{url.host, static_cast<std::uint16_t>(url.port)};
    KHIEN_TRY(const auto addresses, net::resolve(at, spec_.allow_private));
    KHIEN_TRY(auto connection, net::Connection::open(addresses.front(), spec_.timeout_ms));
    return connection.start_tls({url.host, old_versions, spec_.authorities});
  }

  // What the TLS of the server is, apart from any page.
  void connection(const Url& url, Row& row) {
    if (url.scheme != "https") return;
    const auto tls = handshake(url, false);
    if (!tls) return;
    row["tls_version"] = tls->version;
    row["certificate_subject"] = tls->subject;
    row["certificate_issuer"] = tls->issuer;
    if (tls->ends_at) row["certificate_ends_at"] = *tls->ends_at;
    row["certificate_name_matches"] = std::int64_t{tls->name_matches};
    if (tls->trusted) row["certificate_trusted"] = std::int64_t{*tls->trusted};
    const auto old = handshake(url, true);
    // Only a refusal of the handshake says that old versions are off.
    if (old || old.error().code == std::string(err::tls_failed)) {
      row["old_tls"] = std::int64_t{old.has_value()};
    }
  }

  void robots(Row& row) {
    pause();
    const auto reply = client_.get(site("/robots.txt"));
    const bool absent = reply && reply->status >= 400 && reply->status < 500;
    const bool there = reply && reply->status == 200 && reply->body.size() <= kRobotsBytes;
    row["robots"] = std::string(there ? "read" : absent ? "absent" : "unreadable");
    may_crawl_ = there || absent;
    if (!there) return;
    const auto node = pool_.run_bytes("portal.robots", reply->body, "robots.txt");
    if (node) robots_ = robots_from(*node);
    else may_crawl_ = false;
  }

  [[nodiscard]] Url site(const std::string& path) const {
    Url out = url_;
    out.path = path;
    return out;
  }

  void exposed(const Url& home, Row& row) {
    std::int64_t asked = 0;
    std::int64_t bad = 0;
    std::string paths;
    const auto& files = words_["exposed"].items();
    for (const Node& file : files) {
      if (out_of_time()) break;
      pause();
      Url at = home;
      at.path = file["path"].text();
      const auto reply = client_.peek(at, kPeekBytes);
      if (!reply) continue;
      ++asked;
      const bool served = reply->status == 200 || reply->status == 206;
      const Shape looks_real = shape_of(file["shape"].text());
      if (!served || looks_real == nullptr || !looks_real(reply->body)) continue;
      ++bad;
      paths += (paths.empty() ? "" : ", ") + at.path;
    }
    row["exposed_checked_count"] = asked;
    // One path without an answer leaves "none" unknown; one that is served is enough for "some".
    if (bad == 0 && asked < static_cast<std::int64_t>(files.size())) return;
    row["exposed_count"] = bad;
    row["exposed_paths"] = paths;
  }

  // The server itself sends whoever asks for the home page to a foreign host.
  void led_away(const Error& error, Row& row) const {
    const auto to = error.args.find("to");
    if (error.code != std::string(err::redirected_away) || to == error.args.end()) return;
    const auto url = parse_url(to->second);
    if (!url || !is_foreign(url->host, url_.host, spec_.trusted)) return;
    row["leads_to"] = url->host;
    row["leads_by"] = std::string("redirect");
  }

  void pages(const HttpReply& home, Row& check) {
    seen_.insert(home.url.text());
    seen_.insert(url_.text());
    const std::vector<std::string> links = page(home.url, "home", home);
    if (!lead_.is_null()) {
      check["leads_to"] = lead_["to"].text();
      check["leads_by"] = lead_["by"].text();
    }
    if (!may_crawl_) {
      out_.mark(kPages, TableFacts::Status::partial, "reason.network.robots_unreadable");
      return;
    }
    std::deque<std::pair<std::string, std::string>> queue;
    for (const std::string& url : newest()) queue.emplace_back(url, "sitemap");
    for (const std::string& url : links) queue.emplace_back(url, "link");
    int silent = 0;
    for (int read = 1; !queue.empty() && read < spec_.pages && silent < kSilentPages;) {
      if (out_of_time()) break;
      const auto [address, kind] = queue.front();
      queue.pop_front();
      const auto url = parse_url(address);
      if (!url || !url->same_site(url_) || !seen_.insert(url->text()).second) continue;
      if (!may_read(robots_, url->path)) continue;
      ++read;
      pause();
      const auto reply = client_.get(*url);
      silent = reply ? 0 : silent + 1;
      if (reply) page(*url, kind, *reply);
      else page_row(*url, kind)["problem"] = to_string(reply.error());
    }
    if (silent >= kSilentPages || out_of_time()) {
      out_.mark(kPages, TableFacts::Status::partial, "reason.network.visit_ended");
    }
  }

  // Addresses of the sitemaps, newest first; without dates the order of the file.
  std::vector<std::string> newest() {
    std::deque<std::string> files(robots_.sitemaps.begin(), robots_.sitemaps.end());
    if (files.empty()) files.push_back(site("/sitemap.xml").text());
    std::vector<std::pair<std::string, std::string>> found;  // changed, address
    std::set<std::string> asked;
    while (!files.empty() && asked.size() < kSitemapFiles && !out_of_time()) {
      const auto url = parse_url(files.front());
      files.pop_front();
      if (!url || !url->same_site(url_) || !asked.insert(url->text()).second) continue;
      if (!may_read(robots_, url->path)) continue;
      pause();
      const auto reply = client_.get(*url);
      if (!reply || reply->status != 200) continue;
      const auto node = pool_.run_bytes("portal.sitemap", reply->body, "sitemap");
      if (!node) continue;
      for (const Node& entry : (*node)["entries"].items()) {
        const std::string address = entry["address"].text();
        if ((*node)["index"].boolean()) files.push_back(address);
        else found.emplace_back(entry["changed"].text(), address);
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> out;
    for (auto& [changed, address] : found) out.push_back(std::move(address));
    return out;
  }

  Row& page_row(const Url& url, const std::string& kind) {
    Row& row = out_.add(kPages);
    row["portal"] = url_.text();
    row["url"] = url.text();
    row["kind"] = kind;
    row["checked_at"] = clock_.now_ms();
    return row;
  }

  std::vector<std::string> page(const Url& url, const std::string& kind, const HttpReply& reply) {
    Row& row = page_row(url, kind);
    row["status"] = std::int64_t{reply.status};
    const std::string type = reply.header("content-type");
    if (reply.status != 200) return {};
    if (!type.empty() && type.find("html") == std::string::npos) {
      row["problem"] = shorten(nfc(type), 80);
      return {};
    }
    Node args = Node::map({{"url", reply.url.text()}, {"words", words_},
                           {"trusted", Node::list_of(spec_.trusted)}});
    const auto facts = pool_.run_bytes("portal.page", reply.body, url.text(), args);
    if (!facts) {
      row["problem"] = to_string(facts.error());
      return {};
    }
    if (kind == "home") {
      lead_ = Node::map({{"to", (*facts)["leads_to"]}, {"by", (*facts)["leads_by"]}});
    }
    for (const char* name : {"text_sha256", "hidden_hosts", "gambling_words", "gambling_hosts",
                             "hostile_words"}) {
      row[name] = (*facts)[name].text();
    }
    for (const char* name : {"offsite_link_count", "hidden_link_count", "gambling_count",
                             "hostile_sure_count", "hostile_look_count"}) {
      row[name] = (*facts)[name].integer();
    }
    // The built-in words are a few signs of a defaced page: their silence is no answer.
    if (spec_.words.empty() && (*facts)["hostile_sure_count"].integer() == 0) {
      row.erase("hostile_sure_count");
    }
    return (*facts)["links"].texts();
  }

  const PortalSpec& spec_;
  Url url_;
  Node words_;
  WorkerPool& pool_;
  const Clock& clock_;
  SystemClock steady_;  // durations only
  HttpClient client_;
  std::int64_t from_;
  Robots robots_;
  Node lead_;  // of the home page, once it was read
  bool may_crawl_ = false;
  std::set<std::string> seen_;
  Collection out_;
};

}  // namespace

std::vector<Job> portal_jobs() {
  return {{"portal.page", kPageBytes, read_page},
          {"portal.robots", kRobotsBytes, read_robots},
          {"portal.sitemap", kSitemapBytes, read_sitemap}};
}

Result<Collection> collect_portal(const PortalSpec& spec, const Content& content,
                                  WorkerPool& pool, const Clock& clock) {
  KHIEN_TRY(Url url, parse_url(spec.url));
  KHIEN_TRY(Node words, word_lists(content, spec.words, spec.words_place));
  return Visit(spec, std::move(url), std::move(words), pool, clock).all();
}

}  // namespace khien
