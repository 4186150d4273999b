// A document of 4 MB is walked once, at fixed depths but for the product tree, whose depth is
// limited. Rows come back as lines of text: a tree of their cells would cost more than the parse.
#include "collect/vuln_data/cvrf.h"

#include <charconv>

#include <pugixml.hpp>

#include "base/text.h"
#include "collect/vuln_data/errors.h"

namespace khien::vuln {
namespace {

constexpr std::size_t kProducts = 20'000;
constexpr std::size_t kTitle = 300;  // code points kept of a title

std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

template <class Use>
void each(const pugi::xml_node& parent, std::string_view name, Use&& use) {
  for (const pugi::xml_node& child : parent.children()) {
    if (local(child) == name) use(child);
  }
}

pugi::xml_node first(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node& child : parent.children()) {
    if (local(child) == name) return child;
  }
  return {};
}

std::string text_in(const pugi::xml_node& parent, std::string_view name) {
  return squeeze(first(parent, name).child_value());
}

bool is_digits(std::string_view s) {
  return !s.empty() && s.size() <= 9 && s.find_first_not_of("0123456789") == s.npos;
}

// "2023-Jan", "2016-Nov-B" -> "2023-01"
std::string month_of(std::string_view id) {
  static constexpr std::string_view names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (id.size() < 8 || !is_digits(id.substr(0, 4)) || id[4] != '-') return "";
  const auto* at = std::find(std::begin(names), std::end(names), id.substr(5, 3));
  if (at == std::end(names) || (id.size() > 8 && id[8] != '-')) return "";
  return fmt::format("{}-{:02}", id.substr(0, 4), at - std::begin(names) + 1);
}

struct Product {
  std::string name;
  std::string architecture;
  bool windows = false;
  bool server = false;
};

Product product_from(std::string name) {
  Product p;
  p.name = std::move(name);
  for (const char* start : {"Windows 7", "Windows 8", "Windows 1", "Windows Server",
                            "Windows RT", "Windows Vista"}) {
    p.windows = p.windows || p.name.starts_with(start);
  }
  const auto says = [&](std::string_view part) { return p.name.find(part) != std::string::npos; };
  p.server = says("Windows Server");
  if (says("x64-based")) p.architecture = "x64";
  else if (says("32-bit")) p.architecture = "x86";
  else if (says("ARM64")) p.architecture = "arm64";
  else if (says("Itanium")) p.windows = false;
  return p;
}

class Reader {
 public:
  explicit Reader(std::string place) : place_(std::move(place)) {}

  Result<Month> read(const pugi::xml_document& document) {
    const pugi::xml_node root = first(document, "cvrfdoc");
    if (!root) return bad("no cvrfdoc");
    const pugi::xml_node identity = first(first(root, "DocumentTracking"), "Identification");
    out_.month = month_of(text_in(identity, "ID"));
    if (out_.month.empty()) return bad("no month in Identification/ID");
    KHIEN_DO(products(first(root, "ProductTree")));
    for (const pugi::xml_node& child : root.children()) {
      if (local(child) == "Vulnerability") KHIEN_DO(vulnerability(child));
    }
    if (out_.advisories.empty()) return bad("no Vulnerability");
    updates();
    return std::move(out_);
  }

 private:
  tl::unexpected<Error> bad(const char* what) const {
    return fail(err::cvrf_invalid, place_, {{"detail", what}});
  }
  tl::unexpected<Error> too_many(std::size_t limit) const {
    return fail(err::cvrf_count, place_, {{"limit", std::to_string(limit)}});
  }

  // Some updates (of the boot loader, for one) are listed with the build of the cumulative update
  // of their month, though they do not bring it. A cumulative update has one revision on all its
  // branches, and is the one that most holes name for that build.
  void updates() {
    std::map<std::pair<std::string, std::int64_t>, std::size_t> most;  // branch, revision
    std::vector<std::pair<Update, std::size_t>> found;
    for (const auto& [kb, branches] : named_) {
      std::set<std::int64_t> revisions;
      std::vector<std::pair<Update, std::size_t>> own;
      for (const auto& [branch, counts] : branches) {
        const auto best = std::max_element(
            counts.begin(), counts.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
        own.push_back({{kb, branch, best->first}, best->second});
        revisions.insert(best->first);
      }
      if (revisions.size() == 1) found.insert(found.end(), own.begin(), own.end());
      else out_.updates.push_back({kb, "", 0});
    }
    for (const auto& [update, count] : found) {
      std::size_t& top = most[{update.branch, update.revision}];
      top = std::max(top, count);
    }
    for (auto& [update, count] : found) {
      const bool brings = count * 2 > most[{update.branch, update.revision}];
      out_.updates.push_back(brings ? update : Update{update.kb, "", 0});
    }
  }

  Done products(const pugi::xml_node& tree) {
    std::vector<std::pair<pugi::xml_node, std::size_t>> stack = {{tree, 0}};
    while (!stack.empty()) {
      const auto [node, depth] = stack.back();
      stack.pop_back();
      if (depth > limits::xml_depth) return too_many(limits::xml_depth);
      for (const pugi::xml_node& child : node.children()) {
        if (local(child) == "Branch") stack.emplace_back(child, depth + 1);
        if (local(child) != "FullProductName") continue;
        if (products_.size() >= kProducts) return too_many(kProducts);
        products_[child.attribute("ProductID").value()] =
            product_from(squeeze(child.child_value()));
      }
    }
    return {};
  }

  Done vulnerability(const pugi::xml_node& node) {
    Advisory a;
    a.cve = text_in(node, "CVE");
    if (a.cve.empty() || a.cve.size() > 30) return bad("a Vulnerability without CVE");
    a.title = shorten(text_in(node, "Title"), kTitle);
    each(first(node, "Threats"), "Threat", [&](const pugi::xml_node& t) { threat(t, a); });
    for (const pugi::xml_node& r : first(node, "Remediations").children()) {
      if (local(r) == "Remediation") KHIEN_DO(remediation(r, a.cve));
    }
    if (out_.advisories.size() >= kAdvisories) return too_many(kAdvisories);
    out_.advisories.push_back(std::move(a));
    return {};
  }

  static void threat(const pugi::xml_node& node, Advisory& a) {
    static constexpr std::string_view order[] = {"", "low", "moderate", "important", "critical"};
    const std::string_view type = node.attribute("Type").value();
    const std::string says = text_in(node, "Description");
    if (type == "Exploit Status" && says.find("Exploited:Yes") != std::string::npos) {
      a.exploited = true;
    }
    if (type != "Severity") return;
    const auto rank = [&](std::string_view s) {
      return std::find(std::begin(order), std::end(order), s) - std::begin(order);
    };
    const std::string severity = fold(says);
    if (rank(severity) < 5 && rank(severity) > rank(a.severity)) a.severity = severity;
  }

  Done remediation(const pugi::xml_node& node, const std::string& cve) {
    if (std::string_view(node.attribute("Type").value()) != "Vendor Fix") return {};
    // A hotpatch counts revisions of its own: its build says nothing of the ordinary one.
    if (text_in(node, "SubType").find("Hotpatch") != std::string::npos) return {};
    const std::string number = text_in(node, "Description");
    const std::string kb = is_digits(number) ? "KB" + number : "";
    if (!kb.empty()) named_[kb];
    Fix fix;
    fix.cve = cve;
    fix.kb = kb;
    if (!split_build(text_in(node, "FixedBuild"), fix.branch, fix.revision)) return {};
    for (const pugi::xml_node& id : node.children()) {
      if (local(id) != "ProductID") continue;
      const auto known = products_.find(squeeze(id.child_value()));
      if (known == products_.end() || !known->second.windows) continue;
      if (out_.fixes.size() >= kFixes) return too_many(kFixes);
      fix.product_id = known->first;
      fix.product = known->second.name;
      fix.architecture = known->second.architecture;
      fix.server = known->second.server;
      out_.fixes.push_back(fix);
      if (!kb.empty()) ++named_[kb][fix.branch][fix.revision];
    }
    return {};
  }

  std::string place_;
  Month out_;
  std::map<std::string, Product> products_;
  // KB -> branch -> revision -> how often
  std::map<std::string, std::map<std::string, std::map<std::int64_t, std::size_t>>> named_;
};

std::string line(std::initializer_list<std::string_view> cells) {
  std::string out;
  for (const std::string_view cell : cells) {
    for (const char c : cell) out += c == '\t' || c == '\n' ? ' ' : c;
    out += '\t';
  }
  out.back() = '\n';
  return out;
}

Result<Node> run_cvrf(const JobInput& input) {
  KHIEN_TRY(const Month m, read_cvrf(input.bytes, input.name));
  std::string advisories;
  std::string fixes;
  std::string updates;
  for (const Advisory& a : m.advisories) {
    advisories += line({a.cve, a.title, a.severity, a.exploited ? "1" : "0"});
  }
  for (const Fix& f : m.fixes) {
    fixes += line({f.cve, f.product_id, f.product, f.branch, std::to_string(f.revision),
                   f.architecture, f.server ? "1" : "0", f.kb});
  }
  for (const Update& u : m.updates) {
    updates += line({u.kb, u.branch, std::to_string(u.revision)});
  }
  return Node::map({{"month", m.month},
                    {"advisories", std::move(advisories)},
                    {"fixes", std::move(fixes)},
                    {"updates", std::move(updates)}});
}

// Every line of exactly `count` cells; K0480 otherwise (a worker is not trusted either).
Result<std::vector<std::vector<std::string>>> lines(const Node& node, std::size_t count,
                                                    const std::string& place) {
  std::vector<std::vector<std::string>> out;
  const std::string text = node.text();
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::vector<std::string>& cells = out.emplace_back(1);
    for (std::size_t i = from; i < end; ++i) {
      if (text[i] == '\t') cells.emplace_back();
      else cells.back() += text[i];
    }
    if (cells.size() != count) return fail(err::cvrf_invalid, place, {{"detail", "reply"}});
    from = end + 1;
  }
  return out;
}

std::int64_t number(const std::string& text) {
  std::int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

bool split_build(std::string_view text, std::string& branch, std::int64_t& revision) {
  std::size_t from = 0;
  std::size_t last = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part == 3 ? text.size() : text.find('.', from);
    if (dot == text.npos || !is_digits(text.substr(from, dot - from))) return false;
    last = from;
    from = dot + 1;
  }
  branch = text.substr(0, last - 1);
  revision = number(std::string(text.substr(last)));
  return true;
}

Result<Month> read_cvrf(std::string_view bytes, const std::string& place) {
  if (bytes.size() > kCvrfBytes) {
    return fail(err::cvrf_count, place, {{"limit", std::to_string(kCvrfBytes)}});
  }
  if (bytes.starts_with("\xFD" "7zXZ") || bytes.starts_with("PK") ||
      bytes.starts_with("\x1F\x8B")) {
    return fail(err::cvrf_packed, place);
  }
  pugi::xml_document document;
  const auto parsed = document.load_buffer(bytes.data(), bytes.size());
  if (!parsed) return fail(err::cvrf_invalid, place, {{"detail", parsed.description()}});
  return Reader(place).read(document);
}

Job cvrf_job() { return {"vuln.cvrf", kCvrfBytes, run_cvrf}; }

Result<Month> read_cvrf(WorkerPool& pool, const std::filesystem::path& path) {
  KHIEN_TRY(const Node reply, pool.run("vuln.cvrf", path));
  const std::string place = path.string();
  Month out;
  out.month = reply["month"].text();
  KHIEN_TRY(const auto advisories, lines(reply["advisories"], 4, place));
  for (const auto& c : advisories) out.advisories.push_back({c[0], c[1], c[2], c[3] == "1"});
  KHIEN_TRY(const auto fixes, lines(reply["fixes"], 8, place));
  for (const auto& c : fixes) {
    out.fixes.push_back({c[0], c[1], c[2], c[3], number(c[4]), c[5], c[6] == "1", c[7]});
  }
  KHIEN_TRY(const auto updates, lines(reply["updates"], 3, place));
  for (const auto& c : updates) out.updates.push_back({c[0], c[1], number(c[2])});
  return out;
}

}  // namespace khien::vuln
