#include "hub/jobs/remind.h"

#include <map>

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "hub/data/agency.h"
#include "hub/data/rows.h"
#include "hub/data/setting.h"
#include "hub/errors.h"
#include "hub/jobs/dispatch_jobs.h"
#include "hub/notify/notify.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kMessagesARun = 500;
constexpr std::size_t kSubjectChars = 200;

struct Channels {
  ReminderRules rules;
  MailServer mail;
  std::string webhook;
};

Result<Channels> channels_of(const Database& db) {
  Channels out;
  KHIEN_TRY(const Node rules, read_setting(db, "reminders"));
  KHIEN_TRY(const Node mail, read_setting(db, "mail"));
  KHIEN_TRY(const Node webhook, read_setting(db, "webhook"));
  out.rules = rules_from(rules);
  out.mail = mail_server_from(mail);
  out.webhook = webhook["url"].text();
  return out;
}

std::int64_t days_of(const ReminderRow& row) {
  const auto due = parse_date(row.due_on);
  if (!due) return 0;
  const std::int64_t left = to_days(*due) - to_days(local_date(row.made_at));
  return left < 0 ? -left : left;
}

Args words_of_reminder(const ReminderRow& row, const Texts& texts) {
  return {{"number", row.number.empty() ? texts("hub.reminder.unnumbered") : row.number},
          {"subject", shorten(squeeze(row.subject), kSubjectChars)},
          {"due", texts.date(row.due_on)},
          {"days", days_of(row)},
          {"unit", row.late_name},
          {"times", row.step}};
}

// One message to one person, however many reminders there are.
MessageRow digest_of(const std::vector<ReminderRow>& rows, const std::string& to,
                     const Channels& channels, const Texts& texts, std::int64_t now) {
  MessageRow out;
  const bool mail = channels.mail.set() && is_mail_address(to);
  out.channel = mail ? "mail" : "paper";
  out.address = mail ? to : "";
  out.made_at = out.next_at = now;
  const auto late = std::count_if(rows.begin(), rows.end(), [](const ReminderRow& row) {
    return row.kind != "before";
  });
  out.subject = texts("hub.reminder.subject",
                      {{"ahead", static_cast<std::int64_t>(rows.size()) - late},
                       {"late", static_cast<std::int64_t>(late)}});
  out.body = texts("hub.reminder.opening", {{"agency", rows.front().agency_name}}) + "\n\n";
  for (const ReminderRow& row : rows) {
    out.body += "- " + texts("hub.reminder.line." + row.kind, words_of_reminder(row, texts)) + "\n";
  }
  out.body += "\n" + texts("hub.reminder.closing") + "\n";
  return out;
}

Node call_body(const std::vector<ReminderRow>& rows) {
  Node list = Node::list();
  for (const ReminderRow& row : rows) {
    list.push(Node::map({{"id", fmt::format("{}", row.id)}, {"kind", row.kind},
                         {"agency_id", fmt::format("{}", row.agency_id)},
                         {"agency", row.agency_name}, {"number", row.number},
                         {"due_on", row.due_on}}));
  }
  return Node::map({{"reminders", std::move(list)}});
}

std::vector<std::int64_t> ids_of(const std::vector<ReminderRow>& rows) {
  std::vector<std::int64_t> out;
  for (const ReminderRow& row : rows) out.push_back(row.id);
  return out;
}

Result<std::string> mail_of(const Database& db, std::int64_t agency_id) {
  KHIEN_TRY(const Value found,
            db.one("select contact_mail from agency where id = ?1", {agency_id}));
  return to_text(found);
}

// Those that are due now, as rows with their words, and the messages that carry them.
Result<std::int64_t> make_all(const Database& db, const Channels& channels, const Texts& texts,
                              std::int64_t now) {
  KHIEN_TRY(auto due, due_reminders(db, to_iso(local_date(now)), channels.rules));
  if (due.empty()) return 0;
  for (ReminderRow& row : due) {
    row.made_at = now;
    KHIEN_TRY(row.id, add_reminder(db, row));
  }
  KHIEN_TRY(const std::int64_t root, root_agency(db));
  ReminderSearch just_made;
  just_made.agency_id = root;
  just_made.limit = static_cast<std::int64_t>(due.size());
  KHIEN_TRY(const auto rows, list_reminders(db, just_made));
  // A digest a person: agencies with one address share it; those without have their own.
  std::map<std::pair<std::string, std::int64_t>, std::vector<ReminderRow>> by_person;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    KHIEN_TRY(std::string to, mail_of(db, row->agency_id));
    const std::int64_t own = is_mail_address(to) ? 0 : row->agency_id;
    by_person[{std::move(to), own}].push_back(*row);
  }
  for (const auto& [person, carried] : by_person) {
    const MessageRow message = digest_of(carried, person.first, channels, texts, now);
    KHIEN_TRY([[maybe_unused]] const std::int64_t id, add_message(db, message, ids_of(carried)));
  }
  if (!channels.webhook.empty()) {
    MessageRow call;
    call.channel = "webhook", call.address = channels.webhook;
    call.body = to_json(call_body(rows));
    call.made_at = call.next_at = now;
    KHIEN_TRY([[maybe_unused]] const std::int64_t id, add_message(db, call, ids_of(rows)));
  }
  return static_cast<std::int64_t>(due.size());
}

Result<std::string> send_one(const Data& data, const Channels& channels,
                             const MessageRow& message, std::int64_t now) {
  if (message.channel == "webhook") {
    KHIEN_TRY(const std::string key, need_secret(data.folder() / kWebhookKey));
    return call_webhook(message.address, key, message, now);
  }
  if (!channels.mail.set()) return fail(err::mail_settings, "", {{"detail", "-"}});
  KHIEN_TRY(const std::string password, read_secret(data.folder() / kMailPassword));
  return send_mail(channels.mail, password, message, now);
}

struct Sent {
  std::int64_t sent = 0, failed = 0, waiting = 0;
};

Done try_one(Data& data, const Channels& channels, MessageRow message, Sent& count) {
  const std::int64_t now = data.clock().now_ms();
  auto said = send_one(data, channels, message, now);
  ++message.attempts;
  message.detail = said ? *said : to_string(said.error());
  if (!said && said.error().args.contains("detail")) message.detail = said.error().args["detail"];
  const auto again = retry_after_ms(message.attempts);
  message.state = said ? "sent" : again ? "waiting" : "failed";
  if (said) message.sent_at = now;
  if (!said && again) message.next_at = now + *again;
  count.sent += message.state == "sent";
  count.failed += message.state == "failed";
  count.waiting += message.state == "waiting";
  return data.touch([&](const Database& db) { return save_message(db, message); });
}

}  // namespace

std::string phone_text(const ReminderRow& row, const Texts& texts) {
  return shorten(texts("hub.reminder.line." + row.kind, words_of_reminder(row, texts)),
                 kPhoneChars);
}

Result<Node> remind_job(JobContext& context) {
  Data& data = context.data();
  KHIEN_DO(context.phase("remind"));
  Channels channels;
  const auto make = [&](const Database& db, Act& act) -> Result<std::int64_t> {
    KHIEN_TRY(channels, channels_of(db));
    KHIEN_TRY(const std::int64_t n,
              make_all(db, channels, context.texts(), data.clock().now_ms()));
    act.detail.set("made", n);
    return n;
  };
  KHIEN_TRY(const std::int64_t made,
            data.change(act_of_job(context.job(), "reminders.make", "reminders", 0), make));
  Sent count;
  if (!is_quiet(channels.rules, data.clock().now_ms())) {
    std::vector<MessageRow> waiting;
    {
      KHIEN_TRY(const Data::Reading db, data.read());
      KHIEN_TRY(waiting, waiting_messages(*db, data.clock().now_ms(), kMessagesARun));
    }
    std::int64_t n = 0;
    for (MessageRow& message : waiting) {
      if (context.cancelled()) return fail(err::hub_cancelled, "");
      KHIEN_DO(context.phase("remind_send", n++, static_cast<std::int64_t>(waiting.size())));
      KHIEN_DO(try_one(data, channels, std::move(message), count));
    }
  }
  const auto told = [&](const Database&, Act& act) -> Result<JobEnd> {
    act.detail = Node::map({{"made", made}, {"sent", count.sent}, {"failed", count.failed},
                            {"waiting", count.waiting}});
    return JobEnd{act.detail, {}};
  };
  return context.end(act_of_job(context.job(), "reminders.send", "reminders", 0), told);
}

}  // namespace khien::hub
