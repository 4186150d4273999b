// Mailboxes an agency hands over: .eml files, mbox files, Maildir folders. Counts registrations of
// official addresses at outside services and messages with obvious signs of phishing. Fills
// mail_box and mail_finding; of a message only its file, its number in it, its sha256, its day and
// the signs are kept, never a subject, a line of text or a link.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "collect/source/source.h"
#include "engine/mail/mail_words.h"

namespace khien {

inline constexpr std::size_t kMailFileBytes = 64 * limits::kMiB;     // read whole
inline constexpr std::size_t kMailboxBytes = 262'144 * limits::kMiB;  // a larger one streams

// "mail.file", args of to_node(MailWords): {messages, mbox, unread, first, last, found: [{number,
// sha256, at, owner, service, signs}]}; messages 0: no mail. "mail.mbox" streams what is found.
[[nodiscard]] std::vector<Job> mailbox_jobs();

// A file or a folder. K0001, K0930, K0932. `closed` takes the names of files that hold mail and are
// not opened (.pst, .msg, archives); with one the tables are partial.
[[nodiscard]] Result<Collection> collect_mailbox(const std::filesystem::path& path,
                                                 const std::string& source,
                                                 const mail::MailWords& words,
                                                 WorkerPool& pool,
                                                 std::vector<std::string>* closed = nullptr);
[[nodiscard]] Collections read_mailbox(const AgencySource& source, Reading& reading);

// Where a file of a mail folder belongs: "an.nv/.Spam/cur/1:2,S" is mailbox "an.nv", place "junk".
struct MailPlace {
  std::string mailbox;
  std::string place = "inbox";  // inbox | junk | trash: the last two count as dealt with
};
[[nodiscard]] MailPlace mail_place(const std::string& relative, bool one_message);

}  // namespace khien
