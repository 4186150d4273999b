// Files to jobs, replies to rows.
#include "collect/mailbox/mailbox.h"

#include <algorithm>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/text.h"
#include "collect/mailbox/errors.h"
#include "collect/source/files_walk.h"
#include "engine/mail/mail_bytes.h"

namespace khien {
namespace {

namespace fs = std::filesystem;
using mail::MailWords;

Node found_node(const mail::MailFound& f) {
  return Node::map({{"number", f.number},
                    {"sha256", f.sha256},
                    {"at", f.at_ms},
                    {"owner", f.owner},
                    {"service", f.service},
                    {"signs", Node::list_of(f.signs)}});
}

Node totals_node(const mail::MailBytes& read) {
  return Node::map({{"messages", read.messages},
                    {"mbox", read.mbox},
                    {"unread", read.unread},
                    {"first", read.first_ms},
                    {"last", read.last_ms}});
}

Result<Node> run_mail(const JobInput& input) {
  KHIEN_TRY(const mail::MailBytes read,
            mail::read_mail_bytes(input.bytes, mail::words_from(input.args),
                                  input.name));
  Node out = totals_node(read);
  Node found = Node::list();
  for (const mail::MailFound& f : read.found) found.push(found_node(f));
  out.set("found", std::move(found));
  return out;
}

Result<Node> stream_mail(StreamIo& io) {
  const MailWords words = mail::words_from(io.args());
  mail::MailReader reader(words, [&](const mail::MailFound& f) {
    return io.write(found_node(f));
  });
  for (;;) {
    KHIEN_TRY(const std::string_view piece, io.read());
    if (piece.empty()) break;
    KHIEN_DO(reader.take(piece));
  }
  KHIEN_DO(reader.finish());
  return totals_node(reader.totals());
}

// The reply about one file; a large mailbox never lies in memory as a whole.
Result<Node> ask(WorkerPool& pool, const fs::path& path, const Node& args) {
  std::error_code ec;
  const auto size = fs::file_size(path, ec);
  if (ec || size <= kMailFileBytes) return pool.run("mail.file", path, args);
  Node found = Node::list();
  KHIEN_TRY(WorkerStream stream, pool.stream_file("mail.mbox", path, args, [&](Node one) {
    found.push(std::move(one));
    return Done{};
  }));
  KHIEN_TRY(Node out, stream.finish());
  out.set("found", std::move(found));
  return out;
}

struct Box {
  std::int64_t messages = 0, unread = 0, first = 0, last = 0;
};

void put_day(Row& row, const char* column, std::int64_t at) {
  if (at != 0) row[column] = to_iso(local_date(at));
}

class Boxes {
 public:
  explicit Boxes(Collection& out)
      : found_(out.tables["mail_finding"]), boxes_(out.tables["mail_box"]) {}

  void add(const MailPlace& place, const std::string& file, const Node& reply) {
    Box& box = by_name_[place.mailbox];
    box.messages += reply["messages"].integer();
    box.unread += reply["unread"].integer();
    const std::int64_t first = reply["first"].integer();
    if (first != 0) box.first = box.first == 0 ? first : std::min(box.first, first);
    box.last = std::max(box.last, reply["last"].integer());
    for (const Node& f : reply["found"].items()) {
      Row row = finding(place, f);
      row["file"] = file;
      if (reply["mbox"].boolean()) row["number"] = f["number"].integer();
      found_.rows.push_back(std::move(row));
    }
  }

  void write() {
    for (const auto& [name, box] : by_name_) {
      Row row;
      row["mailbox"] = name;
      row["messages_count"] = box.messages;
      row["unread_count"] = box.unread;
      put_day(row, "first_on", box.first);
      put_day(row, "last_on", box.last);
      boxes_.rows.push_back(std::move(row));
    }
  }
  [[nodiscard]] bool empty() const { return by_name_.empty(); }

 private:
  static Row finding(const MailPlace& place, const Node& f) {
    Row row;
    row["kind"] = std::string(f["service"].text().empty() ? "phishing" : "registration");
    row["mailbox"] = place.mailbox;
    row["place"] = place.place;
    if (!f["owner"].text().empty()) row["owner"] = f["owner"].text();
    if (!f["service"].text().empty()) row["service"] = f["service"].text();
    std::string signs;
    for (const std::string& sign : f["signs"].texts()) signs += (signs.empty() ? "" : ",") + sign;
    if (!signs.empty()) row["signs"] = signs;
    put_day(row, "received_on", f["at"].integer());
    row["message_sha256"] = f["sha256"].text();
    return row;
  }

  TableFacts& found_;
  TableFacts& boxes_;
  std::map<std::string, Box> by_name_;
};

// Files that hold mail and are not opened: stores of Outlook and others, messages saved from it,
// archives.
bool is_closed_store(const fs::path& path) {
  static constexpr std::string_view all[] = {".pst", ".ost", ".msg", ".olm", ".nsf", ".dbx",
                                             ".zip", ".rar", ".7z",  ".tar", ".tgz", ".gz"};
  return std::find(std::begin(all), std::end(all), fold(path.extension().string())) !=
         std::end(all);
}

}  // namespace

std::vector<Job> mailbox_jobs() {
  return {{"mail.file", kMailFileBytes, run_mail},
          {"mail.mbox", kMailboxBytes, nullptr, stream_mail}};
}

MailPlace mail_place(const std::string& relative, bool one_message) {
  MailPlace out;
  const fs::path path(relative);
  fs::path box = one_message ? path.parent_path() : path;
  const std::string last = box.filename().string();
  if (one_message && (last == "cur" || last == "new")) box = box.parent_path();
  if (const std::string name = box.filename().string(); one_message && name.starts_with(".")) {
    box = box.parent_path();
  }
  out.mailbox = box.empty() ? "." : box.generic_string();
  const std::string folder = skeleton(relative.substr(0, relative.rfind('/') + 1) +
                                      (one_message ? "" : path.filename().string()));
  const auto holds = [&](const char* word) { return folder.find(word) != std::string::npos; };
  if (holds("trash") || holds("deleted") || holds("thung rac") || holds("da xoa")) {
    out.place = "trash";
  } else if (holds("junk") || holds("spam") || holds("thu rac")) {
    out.place = "junk";
  }
  const std::size_t flags = relative.rfind(":2,");
  if (flags != std::string::npos && relative.find('T', flags) != std::string::npos) {
    out.place = "trash";
  }
  return out;
}

Result<Collection> collect_mailbox(const fs::path& path, const std::string& source,
                                   const MailWords& words, WorkerPool& pool,
                                   std::vector<std::string>* closed) {
  KHIEN_TRY(const Walk walk, walk_files(path));
  const Node args = mail::to_node(words);
  Collection out;
  out.collector = "mail_files";
  out.collector_version = "0.1";
  out.source = source;
  Boxes boxes(out);
  std::size_t unread = walk.unreadable;
  std::size_t other = 0;
  const bool one = walk.files.size() == 1 && walk.files.front().path == path;
  Sha256 digest;
  for (const WalkedFile& file : walk.files) {
    if (file.path.parent_path().filename() == "tmp") continue;  // Maildir: not delivered yet
    const auto reply = ask(pool, file.path, args);
    if (!reply && one) return pass_on(reply.error());
    if (!reply) {
      ++unread;
      continue;
    }
    digest.add(file.relative + "\n");
    for (const Node& f : (*reply)["found"].items()) digest.add(f["sha256"].text());
    if ((*reply)["messages"].integer() == 0 && (*reply)["unread"].integer() == 0) {
      const bool store = is_closed_store(file.path);
      unread += store;
      other += !store;
      if (store && closed != nullptr) closed->push_back(file.relative);
      continue;
    }
    boxes.add(mail_place(file.relative, !(*reply)["mbox"].boolean()), file.relative, *reply);
  }
  if (boxes.empty() && unread == 0) return fail(err::no_mail, source);
  boxes.write();
  out.source_sha256 = hex(digest.finish());
  for (const char* table : {"mail_box", "mail_finding"}) {
    if (unread > 0) {
      out.mark(table, TableFacts::Status::partial, "reason.files.some_unread",
               std::to_string(unread));
    } else if (other > 0) {
      out.tables[table].detail = std::to_string(other) + " files are no mail";
    }
  }
  return out;
}

Collections read_mailbox(const AgencySource& source, Reading& reading) {
  std::vector<std::string> names = reading.agency.aliases;
  names.push_back(reading.agency.record.name);
  auto words = mail_words(reading.content, reading.agency.domains, names);
  if (!words) {
    words.error().place = source.place;
    return pass_on(std::move(words.error()));
  }
  std::vector<std::string> closed;
  KHIEN_TRY(Collection read, collect_mailbox(source.path, source.written, *words, reading.pool,
                                             &closed));
  std::vector<Collection> out;
  out.push_back(std::move(read));
  name_left_out(source, closed, "mail_files", {"mail_box", "mail_finding"}, reading, out);
  return out;
}

}  // namespace khien
