// Rows come back as lines of text: a tree of their cells would cost more than the parse.
#include "collect/msrc/cvrf_job.h"

#include <charconv>

#include "engine/vulnerability/errors.h"

namespace khien::vuln {
namespace {

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
    updates += line({u.kb, u.branch, std::to_string(u.revision), u.hotpatch ? "1" : "0"});
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
  KHIEN_TRY(const auto updates, lines(reply["updates"], 4, place));
  for (const auto& c : updates) out.updates.push_back({c[0], c[1], number(c[2]), c[3] == "1"});
  return out;
}

}  // namespace khien::vuln
