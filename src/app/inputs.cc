// Outside files go through the worker pool; nothing is parsed in this process.
#include "app/inputs.h"

#include <algorithm>

#include "app/confirmation.h"
#include "app/errors.h"
#include "base/environment.h"
#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/near.h"
#include "base/text.h"
#include "dispatch/document.h"
#include "dispatch/measures.h"
#include "dispatch/programme.h"
#include "dispatch/task_table.h"
#include "store/errors.h"
#include "store/seal.h"

namespace khien::app {
namespace fs = std::filesystem;

namespace {
bool has_ending(const fs::path& file, std::initializer_list<std::string_view> endings) {
  const std::string ending = ascii_lower(file.extension().string());
  return std::find(endings.begin(), endings.end(), ending) != endings.end();
}
}  // namespace

Result<Order> order_from_document(Reader& context, const Vocabulary& vocabulary,
                                  const fs::path& file, Document* read) {
  if (has_ending(file, {".yaml", ".yml"})) return fail(err::yaml_is_programme, file.string());
  KHIEN_TRY(Order order, order_from_documents(context, vocabulary, {file}, read));
  KHIEN_DO(apply_confirmation(vocabulary, file, order));
  return order;
}

Result<Order> order_from_documents(Reader& context, const Vocabulary& vocabulary,
                                   const std::vector<fs::path>& parts, Document* read) {
  std::vector<Document> documents;
  for (const fs::path& part : parts) {
    KHIEN_TRY(Document document, read_document(part, context.workers()));
    documents.push_back(std::move(document));
  }
  KHIEN_TRY(Document whole, join_documents(std::move(documents)));
  KHIEN_TRY(Order order, compile(whole, vocabulary));
  KHIEN_TRY(const TaskTables tables, TaskTables::load(context.content));
  KHIEN_DO(apply_tables(order, whole, tables, vocabulary));
  if (read != nullptr) *read = std::move(whole);
  return order;
}

namespace {
tl::unexpected<Error> no_programme(const Reader& context, const std::string& word) {
  std::vector<std::string> ids;
  std::string allowed;
  for (const std::string& file : context.content.list("programs/", ".yaml")) {
    ids.push_back(fs::path(file).stem().string());
    allowed += (allowed.empty() ? "" : ", ") + ids.back();
  }
  const std::string near = nearest(word, ids);
  return fail(err::programme_unknown, "",
              {{"value", word}, {"allowed", allowed}, {"near", near.empty() ? "none" : near}});
}
}  // namespace

Result<Order> order_from_programme(Reader& context, const Vocabulary& vocabulary,
                                   const std::string& id_or_file) {
  const std::string packed = "programs/" + id_or_file + ".yaml";
  if (context.content.has(packed)) {
    KHIEN_TRY(const std::string text, context.content.raw(packed));
    return load_programme(text, packed, vocabulary);
  }
  std::error_code ec;
  const bool word = id_or_file.find_first_of("/.") == id_or_file.npos;
  if (word && !fs::exists(id_or_file, ec)) return no_programme(context, id_or_file);
  if (has_ending(id_or_file, {".docx", ".doc", ".pdf", ".odt", ".rtf"})) {
    return fail(err::dispatch_is_no_programme, id_or_file);
  }
  KHIEN_TRY(const std::string text, read_file(id_or_file, limits::yaml_file_bytes));
  return load_programme(text, id_or_file, vocabulary);
}

namespace {
Result<OpenedAssessment> open_with(Reader& context, const char* job, const fs::path& file) {
  KHIEN_TRY(const Node reply, context.workers().run(job, file));
  OpenedAssessment out;
  out.intact = reply["seal"]["intact"].boolean();
  out.signature_ok = reply["seal"]["signed"].boolean();
  KHIEN_TRY(out.public_key, unhex(reply["seal"]["public_key"].text()));
  out.sha256 = reply["seal"]["sha256"].text();
  if (out.intact && reply.has("assessment")) {
    out.assessment = assessment_from(reply["assessment"]);
  }
  return out;
}
}  // namespace

Result<OpenedAssessment> open_seal(Reader& context, const fs::path& file) {
  return open_with(context, "store.seal", file);
}

Result<OpenedAssessment> open_assessment(Reader& context, const fs::path& file) {
  return open_with(context, "store.assessment", file);
}

std::string key_name(Context& context, const std::string& public_key) {
  const std::string known = known_key_name(state_folder(), public_key);
  if (!known.empty()) return known;
  const auto own = own_key(state_folder());
  return own && own->public_key == public_key ? context.say("app.verify.own_key") : "";
}

void note_unknown_key(Context& context, const fs::path& file, const std::string& public_key) {
  if (!key_name(context, public_key).empty()) return;
  note(context.say("app.key.unknown",
                   {{"file", file.string()}, {"fingerprint", fingerprint(public_key)}}));
}

Done check_own_key() {
  KHIEN_TRY(KeyPair key, own_key(state_folder()));
  wipe(key.secret_key);
  return {};
}

Result<std::vector<Collection>> open_facts(Context& context, const fs::path& file) {
  KHIEN_TRY(const Node reply, context.workers().run("store.facts", file));
  const Node& sealed = reply["seal"];
  if (!sealed["intact"].boolean() || !sealed["signed"].boolean()) {
    return fail(err::seal_broken, file.string());
  }
  KHIEN_TRY(const std::string key, unhex(sealed["public_key"].text()));
  const bool known = !key_name(context, key).empty();
  std::vector<Collection> out;
  for (const Node& node : reply["collections"].items()) {
    KHIEN_TRY(Collection c, collection_from(node));
    // Who vouches for a machine's facts stays with them.
    c.dated = true;
    c.sealed_by = fingerprint(key);
    c.key_known = known;
    out.push_back(std::move(c));
  }
  return out;
}

Done spare_input(const fs::path& input, const fs::path& out) {
  std::error_code ec;
  if (!fs::equivalent(input, out, ec) || ec) return {};
  return fail(err::file_is_input, out.string());
}

}  // namespace khien::app
