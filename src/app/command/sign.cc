// khien sign list: the signatures inside PDFs, one by one.
#include <algorithm>

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

// What is wrong beside the digest, and what the clock says of the certificate.
std::vector<std::string> problems_of(const Row& row) {
  std::vector<std::string> out;
  std::string list = text_of(row, "problems");
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    out.push_back(list.substr(0, end));
    list.erase(0, std::min(end + 1, list.size()));
  }
  return out;
}

// Nothing but signatures and evidence came after it.
bool only_signed(const Row& row) {
  const std::string later = text_of(row, "later_change");
  return later == "none" || later == "evidence" || later == "signing";
}

// "outside_validity", "ended_since", or "" when the certificate was in force when it counts.
std::string validity_of(const Row& row, std::int64_t now) {
  if (!row.contains("valid_from_at") || !row.contains("valid_to_at")) return "";
  const std::int64_t from = number_of(row, "valid_from_at");
  const std::int64_t to = number_of(row, "valid_to_at");
  const std::int64_t at = number_of(row, "signed_at");
  if (now < from || (row.contains("signed_at") && (at < from || at > to))) {
    return "outside_validity";
  }
  const bool stamped = row.contains("stamped_at") && number_of(row, "stamped_at") <= to;
  return now > to && !stamped ? "ended_since" : "";
}

// What lists and answers say of the certificate reaches to the time of signing.
bool revocation_known(const Row& row) {
  return row.contains("not_revoked_until_at") && row.contains("signed_at") &&
         number_of(row, "not_revoked_until_at") >= number_of(row, "signed_at");
}

std::string revocation_line(const Context& context, const Row& row, bool asked) {
  if (revocation_known(row)) {
    return context.say("sign.list.not_revoked",
                       {{"time", moment(row, "not_revoked_until_at", 19)}});
  }
  return context.say(asked ? "sign.list.revocation_unknown" : "sign.list.revocation_waived");
}

void tell(const Context& context, const Row& row, bool revocation) {
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
  if (row.contains("stamped_at")) {
    print(context.say("sign.list.stamped", {{"time", moment(row, "stamped_at", 19)}}));
  }
  const std::string intact = text_of(row, "intact");
  const std::string reason = text_of(row, "reason");
  print(context.say(intact == "1"   ? "sign.list.intact"
                    : intact == "0" ? "sign.list.broken"
                                    : "sign.list.unknown",
                    {{"reason", reason.empty() ? "" : context.say(reason)}}));
  const std::vector<std::string> problems = problems_of(row);
  for (const std::string& problem : problems) {
    print(context.say("sign.list.problem", {{"problem", context.say("reason.sign." + problem)}}));
  }
  if (std::find(problems.begin(), problems.end(), "revoked") == problems.end()) {
    print(revocation_line(context, row, revocation));
  }
  const bool covers = text_of(row, "covers_document") == "1";
  print(context.say(covers              ? "sign.list.covers"
                    : only_signed(row) ? "sign.list.later"
                                       : "sign.list.partly"));
}

Node row_node(const Row& row) {
  Node out = Node::map();
  for (const auto& [column, value] : row) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) out.set(column, *integer);
    else out.set(column, to_text(value));
  }
  return out;
}

// Nothing is wrong only when every signature is intact, its certificate in force, fit and known as
// not revoked, and nothing but signatures was added after it.
bool good(const Row& row, std::int64_t now, bool revocation) {
  return text_of(row, "intact") == "1" && text_of(row, "problems").empty() &&
         validity_of(row, now).empty() && row.contains("signed_at") && only_signed(row) &&
         (!revocation || revocation_known(row));
}

struct SignOptions {
  std::vector<fs::path> files, crls;
  bool no_revocation = false;
};

Done list(Context& context, const SignOptions& options) {
  for (const fs::path& crl : options.crls) {
    KHIEN_TRY([[maybe_unused]] const Fd regular, open_regular(crl));  // named, not only counted
  }
  for (const fs::path& file : options.files) {
    const auto read =
        collect_signed_documents(file, file.string(), context.workers(), options.crls);
    if (!read) {
      context.report(read.error());
      continue;
    }
    const TableFacts& facts = read->tables.at("document_signature");
    for (const Row& row : facts.rows) {
      if (context.json) print(to_json(row_node(row)));
      else tell(context, row, !options.no_revocation);
      const std::int64_t now = context.clock.now_ms();
      if (const std::string ended = validity_of(row, now); !ended.empty() && !context.json) {
        print(context.say("sign.list.problem", {{"problem", context.say("reason.sign." + ended)}}));
      }
      if (!good(row, now, !options.no_revocation)) context.raise(not_all_good);
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
  auto options = std::make_shared<SignOptions>();
  command->add_option("files", options->files, context.say("sign.list.files"))->required();
  command->add_option("--crl", options->crls, context.say("sign.list.crl"));
  context.json_commands.push_back(command);
  command->add_flag("--no-revocation", options->no_revocation,
                    context.say("sign.list.no_revocation"));
  command->callback([options, &context] {
    if (const auto done = list(context, *options); !done) context.report(done.error());
  });
}

}  // namespace khien::app
