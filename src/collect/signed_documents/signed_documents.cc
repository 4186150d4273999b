// Worker job, and rows from its replies.
#include "collect/signed_documents/signed_documents.h"

#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/signed_documents/errors.h"
#include "collect/source/files_walk.h"
#include "engine/signature/pdf_signatures.h"
#include "engine/signature/revocation_list.h"

namespace khien {
namespace {

namespace fs = std::filesystem;

Result<Node> run_pdf(const JobInput& input) {
  KHIEN_TRY(const std::vector<signature::Signature> all,
            signature::read_signatures(input.bytes, input.name));
  Node signatures = Node::list();
  for (const signature::Signature& s : all) {
    signatures.push(Node::map({{"signer", s.answer.signer},
                               {"issuer", s.answer.issuer},
                               {"serial", s.answer.serial},
                               {"issuer_id", s.answer.issuer_id},
                               {"digest", s.answer.digest},
                               {"sub_filter", s.sub_filter},
                               {"valid_from", s.answer.valid_from_ms},
                               {"valid_to", s.answer.valid_to_ms},
                               {"signed", s.answer.signed_ms},
                               {"intact", s.answer.intact},
                               {"reason", s.answer.reason},
                               {"covers_document", s.covers_document},
                               {"stamped", s.answer.stamped_ms},
                               {"good_until", s.answer.good_until_ms},
                               {"problems", Node::list_of(s.problems)},
                               {"later", signature::name_of(s.later)},
                               {"last", s.last}}));
  }
  return Node::map({{"sha256", sha256_hex(input.bytes)}, {"signatures", std::move(signatures)}});
}

Result<Node> run_crl(const JobInput& input) {
  KHIEN_TRY(const signature::RevocationList list,
            signature::read_crl(input.bytes, input.name));
  return Node::map({{"issuer", list.issuer},
                    {"good_until", list.good_until_ms},
                    {"serials", Node::list_of(list.serials)}});
}

// What the lists say of certificates: issuer and serial number.
class Lists {
 public:
  // False when the list cannot be read.
  bool add(WorkerPool& pool, const fs::path& file) {
    const auto reply = pool.run("sign.crl", file);
    if (!reply) return false;
    Issuer& issuer = by_issuer_[(*reply)["issuer"].text()];
    for (const std::string& serial : (*reply)["serials"].texts()) issuer.revoked.insert(serial);
    const Node& until = (*reply)["good_until"];
    if (!until.is_null()) issuer.until = std::max(issuer.until.value_or(0), until.integer());
    return true;
  }
  [[nodiscard]] bool revokes(const Node& signature) const {
    const Issuer* issuer = issuer_of(signature);
    return issuer != nullptr && issuer->revoked.contains(signature["serial"].text());
  }
  // Until when the issuer's lists speak of certificates that they do not name.
  [[nodiscard]] std::optional<std::int64_t> until(const Node& signature) const {
    const Issuer* issuer = issuer_of(signature);
    return issuer == nullptr ? std::nullopt : issuer->until;
  }

 private:
  struct Issuer {
    std::set<std::string> revoked;
    std::optional<std::int64_t> until;
  };
  [[nodiscard]] const Issuer* issuer_of(const Node& signature) const {
    const auto at = by_issuer_.find(signature["issuer_id"].text());
    return at == by_issuer_.end() ? nullptr : &at->second;
  }
  std::map<std::string, Issuer> by_issuer_;
};

void put_text(Row& row, const char* column, const Node& value) {
  if (!value.text().empty()) row[column] = value.text();
}

void put_time(Row& row, const std::string& column, const Node& value) {
  if (value.is_null()) return;
  row[column] = value.integer();
  row[column + "_precision"] = std::string("ms");
}

void put_later(Row& row, const Node& inside, std::optional<std::int64_t> listed) {
  const bool both = listed && !inside.is_null();
  if (both) listed = std::max(*listed, inside.integer());
  if (listed) put_time(row, "not_revoked_until_at", *listed);
  else put_time(row, "not_revoked_until_at", inside);
}

Row document_row(const std::string& document, const Node& reply) {
  Row row;
  row["document"] = document;
  row["document_sha256"] = reply["sha256"].text();
  row["signed"] = std::int64_t{0};
  return row;
}

Row signature_row(Row row, const Node& s, std::int64_t number, const Lists& lists) {
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
  put_time(row, "stamped_at", s["stamped"]);
  std::string problems;
  for (const std::string& one : s["problems"].texts()) {
    problems += (problems.empty() ? "" : ",") + one;
  }
  if (lists.revokes(s) && problems.find("revoked") == std::string::npos) {
    problems += problems.empty() ? "revoked" : ",revoked";
  }
  if (problems.find("revoked") == std::string::npos) {
    put_later(row, s["good_until"], lists.until(s));
  }
  row["problems"] = problems;
  row["later_change"] = s["later"].text();
  return row;
}

bool ends_in(const fs::path& path, std::string_view extension) {
  return ascii_lower(path.extension().string()) == extension;
}

// Signed in a form that is not read: CMS files, and office documents that hold a signature part.
bool is_signed_otherwise(const fs::path& path) {
  for (const char* extension : {".p7m", ".p7s", ".asics", ".asice"}) {
    if (ends_in(path, extension)) return true;
  }
  bool office = false;
  for (const char* extension : {".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods"}) {
    office = office || ends_in(path, extension);
  }
  if (!office) return false;
  const auto bytes = read_file(path, kSignedPdfBytes);
  return bytes && (bytes->find("_xmlsignatures/") != std::string::npos ||
                   bytes->find("META-INF/documentsignatures.xml") != std::string::npos);
}

}  // namespace

std::vector<Job> signed_documents_jobs() {
  return {{"sign.pdf", kSignedPdfBytes, run_pdf}, {"sign.crl", signature::kCrlBytes, run_crl}};
}

Result<Collection> collect_signed_documents(const fs::path& path, const std::string& source,
                                            WorkerPool& pool, std::vector<fs::path> crls,
                                            std::vector<std::string>* otherwise) {
  KHIEN_TRY(const Walk walk, walk_files(path, kSignedPdfs));
  Collection out;
  out.collector = "pdf_signature";
  out.collector_version = "0.1";
  out.source = source;
  TableFacts& facts = out.tables["document_signature"];
  const bool one = walk.files.size() == 1 && walk.files.front().path == path;
  std::size_t seen = 0;
  std::size_t closed = 0;
  std::size_t unread = walk.unreadable;
  Sha256 digest;
  Lists lists;
  for (const WalkedFile& file : walk.files) {
    if (!one && ends_in(file.path, ".crl")) crls.push_back(file.path);
  }
  for (const fs::path& crl : crls) unread += lists.add(pool, crl) ? 0 : 1;
  for (const WalkedFile& file : walk.files) {
    if (!one && !ends_in(file.path, ".pdf")) {
      if (!is_signed_otherwise(file.path)) continue;
      ++unread;
      ++closed;
      if (otherwise != nullptr) otherwise->push_back(file.relative);
      continue;
    }
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
      facts.rows.push_back(signature_row(row, s, ++number, lists));
    }
    if (number == 0) facts.rows.push_back(row);
  }
  if (seen + closed == 0) return fail(err::no_document, source);
  out.source_sha256 = hex(digest.finish());
  if (unread > 0) {
    facts.status = TableFacts::Status::partial;
    facts.reason = "reason.files.some_unread";
    facts.detail = std::to_string(unread);
  }
  return out;
}

Collections read_signed_documents(const AgencySource& source, Reading& reading) {
  std::vector<std::string> otherwise;
  KHIEN_TRY(Collection read, collect_signed_documents(source.path, source.written, reading.pool,
                                                      {}, &otherwise));
  std::vector<Collection> out;
  out.push_back(std::move(read));
  name_left_out(source, otherwise, "pdf_signature", {"document_signature"}, reading, out);
  return out;
}

}  // namespace khien
