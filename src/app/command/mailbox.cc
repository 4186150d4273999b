// khien mail mailbox: counts in mailboxes; of a message nothing but its digest and its signs comes
// out.
#include <CLI/CLI.hpp>

#include "app/network_check.h"
#include "collect/mailbox/mailbox.h"

namespace khien::app {
namespace fs = std::filesystem;
namespace {

struct MailboxOptions {
  fs::path folder;
  std::vector<std::string> domains;
  std::vector<std::string> names;
};

Node row_node(const char* table, const Row& row) {
  Node out = Node::map({{"table", table}});
  for (const auto& [column, value] : row) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) out.set(column, *integer);
    else out.set(column, to_text(value));
  }
  return out;
}

constexpr std::size_t kNamedFiles = 20;  // of one mailbox

struct Tally {
  std::int64_t registration = 0, phishing = 0, handled = 0;
  std::map<std::pair<std::string, std::string>, std::int64_t> services;  // service, owner
  std::map<std::string, std::int64_t> signs;
  std::vector<const Row*> rows;
};

std::map<std::string, Tally> tallies(const std::vector<Row>& found) {
  std::map<std::string, Tally> out;
  for (const Row& row : found) {
    Tally& t = out[text_of(row, "mailbox")];
    t.rows.push_back(&row);
    if (text_of(row, "kind") == "registration") {
      ++t.registration;
      ++t.services[{text_of(row, "service"), text_of(row, "owner")}];
      continue;
    }
    ++(text_of(row, "place") == "inbox" ? t.phishing : t.handled);
    std::string signs = text_of(row, "signs") + ",";
    for (std::size_t at = 0, end = 0; (end = signs.find(',', at)) != std::string::npos;
         at = end + 1) {
      if (end > at) ++t.signs[signs.substr(at, end - at)];
    }
  }
  return out;
}

void tell(const Context& context, const Row& box, const Tally& t) {
  print(context.say("mail.mailbox.box", {{"mailbox", text_of(box, "mailbox")},
                                      {"messages", number_of(box, "messages_count")},
                                      {"registration", t.registration},
                                      {"phishing", t.phishing},
                                      {"handled", t.handled}}));
  if (const std::int64_t unread = number_of(box, "unread_count"); unread > 0) {
    print(context.say("mail.mailbox.unread", {{"count", unread}}));
  }
  for (const auto& [key, count] : t.services) {
    print(context.say("mail.mailbox.service",
                      {{"service", key.first}, {"owner", key.second}, {"count", count}}));
  }
  for (const auto& [sign, count] : t.signs) {
    print(context.say("mail.mailbox.sign",
                      {{"sign", context.say("mail.signs." + sign)}, {"count", count}}));
  }
  for (std::size_t i = 0; i < std::min(kNamedFiles, t.rows.size()); ++i) {
    const Row& row = *t.rows[i];
    print(context.say("mail.mailbox.file", {{"file", text_of(row, "file")},
                                            {"number", number_of(row, "number")}}));
  }
  if (t.rows.size() > kNamedFiles) {
    print(context.say("mail.mailbox.more_files",
                      {{"count", static_cast<std::int64_t>(t.rows.size() - kNamedFiles)}}));
  }
}

Done count(Context& context, const MailboxOptions& options) {
  KHIEN_TRY(const mail::MailWords words,
            mail_words(context.content, options.domains, options.names));
  KHIEN_TRY(const Collection read,
            collect_mailbox(options.folder, options.folder.string(), words, context.workers()));
  const TableFacts& boxes = read.tables.at("mail_box");
  const TableFacts& found = read.tables.at("mail_finding");
  const std::map<std::string, Tally> all = tallies(found.rows);
  for (const Row& box : boxes.rows) {
    const auto at = all.find(text_of(box, "mailbox"));
    if (context.json) print(to_json(row_node("mail_box", box)));
    else tell(context, box, at == all.end() ? Tally{} : at->second);
    const bool bad = at != all.end() && at->second.registration + at->second.phishing > 0;
    if (bad || number_of(box, "unread_count") > 0) context.raise(not_all_good);
  }
  if (context.json) {
    for (const Row& row : found.rows) print(to_json(row_node("mail_finding", row)));
  } else {
    print(context.say("mail.mailbox.private"));
  }
  if (boxes.status == TableFacts::Status::complete) return {};
  const std::int64_t count = boxes.detail.empty() ? 1 : std::atoll(boxes.detail.c_str());
  note(context.say("mail.mailbox.unread_files", {{"count", count}}));
  context.raise(broken);
  return {};
}

}  // namespace

void add_mailbox(CLI::App& root, Context& context) {
  CLI::App& group = command_group(root, "mail", context.say("mail.mailbox.group"));
  const auto add = [&](const char* name) {
    auto* command = group.add_subcommand(name, context.say("mail.mailbox.about"));
    auto options = std::make_shared<MailboxOptions>();
    command->add_option("folder", options->folder, context.say("mail.mailbox.folder"))
        ->required();
    command->add_option("--domain", options->domains, context.say("mail.mailbox.domain"))
        ->required();
    command->add_option("--name", options->names, context.say("mail.mailbox.name"));
    context.json_commands.push_back(command);
    command->callback([options, &context] {
      if (const auto done = count(context, *options); !done) context.report(done.error());
    });
    return command;
  };
  add("mailbox");
  add("scan")->group("");  // its name before "scan" came to mean malware alone
}

}  // namespace khien::app
