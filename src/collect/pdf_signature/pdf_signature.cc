// Worker job, and rows from its replies.
#include "collect/pdf_signature/pdf_signature.h"

#include "base/calendar.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/files_errors.h"
#include "collect/files_walk.h"
#include "collect/pdf_signature/cms.h"
#include "collect/pdf_signature/pdf_ranges.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
using pdf_signature::check_cms;
using pdf_signature::CmsAnswer;
using pdf_signature::Range;

int two(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' ||
      text[at + 1] > '9') {
    return -1;
  }
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// "20240214093000+07'00'" (ISO 32000-2, 7.9.4); without an offset it is read as +07:00.
std::optional<std::int64_t> pdf_time(std::string_view text) {
  if (text.size() < 14) return std::nullopt;
  int part[7];
  for (std::size_t i = 0; i < 7; ++i) {
    part[i] = two(text, i * 2);
    if (part[i] < 0) return std::nullopt;
  }
  const Date day{part[0] * 100 + part[1], part[2], part[3]};
  if (!is_valid(day) || part[4] > 23 || part[5] > 59 || part[6] > 60) return std::nullopt;
  std::int64_t offset = kVietnamOffsetMs;
  if (text.size() > 14 && text[14] == 'Z') offset = 0;
  if (text.size() >= 17 && (text[14] == '+' || text[14] == '-')) {
    const int hours = two(text, 15);
    const int minutes = text.size() >= 20 ? two(text, 18) : 0;
    offset = (std::max(hours, 0) * 60LL + std::max(minutes, 0)) * 60'000;
    if (text[14] == '-') offset = -offset;
  }
  return to_days(day) * kDayMs + ((part[4] * 60LL + part[5]) * 60 + part[6]) * 1000 - offset;
}

Node signature_node(std::string_view pdf, const Range& r, bool last) {
  CmsAnswer answer;
  if (!r.inside) {
    answer = check_cms(r.contents, {}, r.sub_filter);
    answer.intact = false;
    answer.reason = "reason.sign.range_outside";
  } else {
    answer = check_cms(r.contents,
                       {pdf.substr(r.first, r.first_bytes), pdf.substr(r.second, r.second_bytes)},
                       r.sub_filter);
  }
  const bool by_cms = answer.signed_ms.has_value();
  if (!by_cms) answer.signed_ms = pdf_time(r.claimed);
  return Node::map({{"signer", answer.signer},
                    {"issuer", answer.issuer},
                    {"serial", answer.serial},
                    {"digest", answer.digest},
                    {"sub_filter", is_valid_utf8(r.sub_filter) ? r.sub_filter : "?"},
                    {"valid_from", answer.valid_from_ms},
                    {"valid_to", answer.valid_to_ms},
                    {"signed", answer.signed_ms},
                    {"intact", answer.intact},
                    {"reason", answer.reason},
                    {"covers_document", r.inside && r.gap_is_contents && r.to_end},
                    {"last", last}});
}

Result<Node> run_pdf(const JobInput& input) {
  KHIEN_TRY(const std::vector<Range> ranges,
            pdf_signature::find_ranges(input.bytes, input.name));
  Node signatures = Node::list();
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    signatures.push(signature_node(input.bytes, ranges[i], i + 1 == ranges.size()));
  }
  return Node::map({{"sha256", sha256_hex(input.bytes)}, {"signatures", std::move(signatures)}});
}

void put_text(Row& row, const char* column, const Node& value) {
  if (!value.text().empty()) row[column] = value.text();
}

void put_time(Row& row, const std::string& column, const Node& value) {
  if (value.is_null()) return;
  row[column] = value.integer();
  row[column + "_precision"] = std::string("ms");
}

Row document_row(const std::string& document, const Node& reply) {
  Row row;
  row["document"] = document;
  row["document_sha256"] = reply["sha256"].text();
  row["signed"] = std::int64_t{0};
  return row;
}

Row signature_row(Row row, const Node& s, std::int64_t number) {
  row["signed"] = std::int64_t{1};
  row["number"] = number;
  for (const char* column : {"signer", "issuer", "serial", "digest", "reason"}) {
    put_text(row, column, s[column]);
  }
  put_text(row, "form", s["sub_filter"]);
  put_time(row, "valid_from_at", s["valid_from"]);
  put_time(row, "valid_to_at", s["valid_to"]);
  put_time(row, "signed_at", s["signed"]);
  if (!s["intact"].is_null()) row["intact"] = std::int64_t{s["intact"].boolean()};
  row["covers_document"] = std::int64_t{s["covers_document"].boolean()};
  row["last"] = std::int64_t{s["last"].boolean()};
  return row;
}

bool is_pdf_name(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".pdf" || extension == ".PDF" || extension == ".Pdf";
}

}  // namespace

std::vector<Job> pdf_signature_jobs() { return {{"sign.pdf", kSignedPdfBytes, run_pdf}}; }

Result<Collection> collect_signed_documents(const fs::path& path, const std::string& source,
                                            WorkerPool& pool) {
  KHIEN_TRY(const Walk walk, walk_files(path, kSignedPdfs));
  Collection out;
  out.collector = "pdf_signature";
  out.collector_version = "0.1";
  out.source = source;
  TableFacts& facts = out.tables["document_signature"];
  const bool one = walk.files.size() == 1 && walk.files.front().path == path;
  std::size_t seen = 0;
  std::size_t unread = walk.unreadable;
  Sha256 digest;
  for (const WalkedFile& file : walk.files) {
    if (!one && !is_pdf_name(file.path)) continue;
    ++seen;
    const auto reply = pool.run("sign.pdf", file.path);
    if (!reply && one) return pass_on(reply.error());
    if (!reply) {
      ++unread;
      continue;
    }
    digest.add((*reply)["sha256"].text());
    const Row row = document_row(file.relative, *reply);
    std::int64_t number = 0;
    for (const Node& s : (*reply)["signatures"].items()) {
      facts.rows.push_back(signature_row(row, s, ++number));
    }
    if (number == 0) facts.rows.push_back(row);
  }
  if (seen == 0) return fail(err::no_document, source);
  out.source_sha256 = hex(digest.finish());
  if (unread > 0) {
    facts.status = TableFacts::Status::partial;
    facts.reason = "reason.files.some_unread";
    facts.detail = std::to_string(unread);
  }
  return out;
}

}  // namespace khien
