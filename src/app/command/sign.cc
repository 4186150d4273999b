// khien sign list: the signatures inside PDFs, one by one.
#include <CLI/CLI.hpp>

#include "app/network_check.h"
#include "collect/signed_documents/signed_documents.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

// Days on the certificate; the second for the time of signing.
std::string moment(const Row& row, const char* column, std::size_t length) {
  const auto at = row.find(column);
  const auto* ms = at == row.end() ? nullptr : std::get_if<std::int64_t>(&at->second);
  return ms == nullptr ? "-" : to_iso_instant(*ms).substr(0, length);
}

void tell(const Context& context, const Row& row) {
  if (text_of(row, "signed") == "0") {
    print(context.say("sign.list.unsigned", {{"document", text_of(row, "document")}}));
    return;
  }
  const std::string signer = text_of(row, "signer");
  const std::int64_t number = std::get<std::int64_t>(row.at("number"));
  print(context.say("sign.list.line",
                    {{"document", text_of(row, "document")},
                     {"number", number},
                     {"signer", signer.empty() ? context.say("sign.list.nobody") : signer}}));
  print(context.say("sign.list.issuer",
                    {{"issuer", text_of(row, "issuer")},
                     {"serial", text_of(row, "serial")},
                     {"from", context.texts.date(moment(row, "valid_from_at", 10))},
                     {"to", context.texts.date(moment(row, "valid_to_at", 10))}}));
  const bool timed = row.contains("signed_at");
  print(context.say(timed ? "sign.list.time" : "sign.list.no_time",
                    {{"time", moment(row, "signed_at", 19)}}));
  const std::string intact = text_of(row, "intact");
  const std::string reason = text_of(row, "reason");
  print(context.say(intact == "1"   ? "sign.list.intact"
                    : intact == "0" ? "sign.list.broken"
                                    : "sign.list.unknown",
                    {{"reason", reason.empty() ? "" : context.say(reason)}}));
  const bool covers = text_of(row, "covers_document") == "1";
  print(context.say(covers ? "sign.list.covers" : "sign.list.partly"));
}

Node row_node(const Row& row) {
  Node out = Node::map();
  for (const auto& [column, value] : row) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) out.set(column, *integer);
    else out.set(column, to_text(value));
  }
  return out;
}

// Nothing is wrong only when every signature is intact and the last one covers the document.
bool good(const Row& row) {
  if (text_of(row, "intact") != "1") return false;
  return text_of(row, "last") != "1" || text_of(row, "covers_document") == "1";
}

Done list(Context& context, const std::vector<fs::path>& files) {
  for (const fs::path& file : files) {
    const auto read = collect_signed_documents(file, file.string(), context.workers());
    if (!read) {
      context.report(read.error());
      continue;
    }
    const TableFacts& facts = read->tables.at("document_signature");
    for (const Row& row : facts.rows) {
      if (context.json) print(to_json(row_node(row)));
      else tell(context, row);
      if (!good(row)) context.raise(not_all_good);
    }
    if (facts.status == TableFacts::Status::complete) continue;
    note(context.say("sign.list.unread",
                     {{"count", static_cast<std::int64_t>(std::atoll(facts.detail.c_str()))}}));
    context.raise(broken);
  }
  if (!context.json) print(context.say("sign.list.limits"));
  return {};
}

}  // namespace

void add_sign(CLI::App& root, Context& context) {
  CLI::App& group = command_group(root, "sign", context.say("sign.list.group"));
  auto* command = group.add_subcommand("list", context.say("sign.list.about"));
  auto files = std::make_shared<std::vector<fs::path>>();
  command->add_option("files", *files, context.say("sign.list.files"))->required();
  command->callback([files, &context] {
    if (const auto done = list(context, *files); !done) context.report(done.error());
  });
}

}  // namespace khien::app
