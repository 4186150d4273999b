#include "hub/data/reminder.h"

#include <algorithm>
#include <array>

#include "base/calendar.h"
#include "hub/data/agency.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;

struct OpenDispatch {
  std::int64_t id = 0, agency_id = 0, superior_id = 0;
  std::string due_on;
};

// Confirmed or received, with a day, and not all of its tasks done. A dispatch without tasks is
// open until it is answered.
Result<std::vector<OpenDispatch>> open_dispatches(const Database& db, const std::string& until) {
  KHIEN_TRY(Statement s,
            db.prepare("select d.id, d.agency_id, coalesce(a.parent_id, 0), d.due_on from dispatch"
                       " d join agency a on a.id = d.agency_id where d.due_on <= ?1 and d.state in"
                       " ('confirmed', 'issued', 'unconfirmed') and (a.valid_to is null or"
                       " a.valid_to >= d.due_on) and (not exists (select 1 from task where"
                       " dispatch_id = d.id) or exists (select 1 from task where dispatch_id ="
                       " d.id and progress not in ('done', 'accepted'))) order by d.id"));
  s.bind(1, until);
  return rows_of<OpenDispatch>(s, [](const Statement& r) {
    return OpenDispatch{r.integer(0), r.integer(1), r.integer(2), r.text(3)};
  });
}

std::vector<ReminderRow> occasions(const OpenDispatch& d, std::int64_t left,
                                   const ReminderRules& rules) {
  ReminderRow row;
  row.agency_id = d.agency_id, row.dispatch_id = d.id, row.due_on = d.due_on;
  std::vector<ReminderRow> out;
  if (left >= 0) {  // the nearest step that has come: a missed day is made up for
    std::int64_t step = -1;
    for (const std::int64_t days : rules.before) {
      if (left <= days && (step < 0 || days < step)) step = days;
    }
    if (step < 0) return out;
    row.kind = "before", row.step = step;
    out.push_back(row);
    return out;
  }
  const std::int64_t late = -left;
  const std::int64_t every = std::max<std::int64_t>(rules.again_days, 1);
  row.kind = "after", row.step = 1 + (late - 1) / every * every;
  out.push_back(row);
  if (late >= rules.escalate_days && d.superior_id != 0) {
    row.kind = "escalation", row.step = rules.escalate_days, row.agency_id = d.superior_id;
    out.push_back(row);
  }
  return out;
}

ReminderRow listed_row(const Statement& s) {
  ReminderRow out;
  out.id = s.integer(0), out.agency_id = s.integer(1), out.dispatch_id = s.integer(2);
  out.kind = s.text(3), out.step = s.integer(4), out.due_on = s.text(5);
  out.made_at = s.integer(6), out.made_by = s.text(7), out.agency_name = s.text(8);
  out.number = s.text(9), out.subject = s.text(10), out.late_name = s.text(11);
  out.channel = s.text(12), out.delivery = s.text(13), out.detail = s.text(14);
  return out;
}

}  // namespace

Result<std::int64_t> add_reminder(const Database& db, const ReminderRow& row) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into reminder(agency_id, dispatch_id, kind, step, due_on, made_at,"
                       " made_by) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  KHIEN_DO(s.bind(1, row.agency_id).bind(2, row.dispatch_id).bind(3, row.kind).bind(4, row.step)
               .bind(5, row.due_on).bind(6, row.made_at).bind(7, text_or_null(row.made_by)).run());
  return db.last_rowid();
}

Result<std::int64_t> times_urged(const Database& db, std::int64_t dispatch_id) {
  KHIEN_TRY(const Value n,
            db.one("select coalesce(max(r.step), 0) from reminder r join dispatch d on d.id ="
                   " r.dispatch_id where r.kind = 'urge' and (d.origin_id = ?1 or d.id = ?1)",
                   {dispatch_id}));
  return std::get<std::int64_t>(n);
}

Result<std::vector<ReminderRow>> due_reminders(const Database& db, const std::string& today,
                                               const ReminderRules& rules) {
  KHIEN_TRY(const Date now, parse_date(today));
  std::int64_t ahead = 0;
  for (const std::int64_t days : rules.before) ahead = std::max(ahead, days);
  KHIEN_TRY(const auto open, open_dispatches(db, to_iso(from_days(to_days(now) + ahead))));
  KHIEN_TRY(Statement there,
            db.prepare("select 1 from reminder where agency_id = ?1 and dispatch_id = ?2 and kind"
                       " = ?3 and due_on = ?4 and step = ?5"));
  std::vector<ReminderRow> out;
  for (const OpenDispatch& d : open) {
    const auto due = parse_date(d.due_on);
    if (!due) continue;
    for (ReminderRow& row : occasions(d, to_days(*due) - to_days(now), rules)) {
      there.bind(1, row.agency_id).bind(2, row.dispatch_id).bind(3, row.kind).bind(4, row.due_on)
          .bind(5, row.step);
      KHIEN_TRY(const bool made, there.step());
      there.reset();
      if (!made) out.push_back(std::move(row));
    }
  }
  return out;
}

Result<std::vector<ReminderRow>> list_reminders(const Database& db, const ReminderSearch& search) {
  KHIEN_TRY(Statement s,
            db.prepare(std::string(kSubtree) +
                       "select r.id, r.agency_id, r.dispatch_id, r.kind, r.step, r.due_on,"
                       " r.made_at, r.made_by, a.name, d.number, d.subject, l.name, m.channel,"
                       " m.state, m.detail from reminder r join agency a on a.id = r.agency_id"
                       " join dispatch d on d.id = r.dispatch_id join agency l on l.id ="
                       " d.agency_id left join message m on m.id = (select min(message_id) from"
                       " reminder_message where reminder_id = r.id) where r.agency_id in subtree"
                       " and (?2 = '' or coalesce(m.state, 'sent') = ?2) and (?3 = 0 or"
                       " r.agency_id = ?3) and (?4 = 0 or r.id < ?4) order by r.id desc limit"
                       " ?5"));
  s.bind(1, search.agency_id).bind(2, search.delivery).bind(3, search.agency)
      .bind(4, search.before).bind(5, search.limit);
  return rows_of<ReminderRow>(s, listed_row);
}

Result<std::int64_t> add_message(const Database& db, const MessageRow& row,
                                 const std::vector<std::int64_t>& reminders) {
  KHIEN_TRY(Statement s,
            db.prepare("insert into message(channel, address, subject, body, made_at, state,"
                       " next_at) values(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
  KHIEN_DO(s.bind(1, row.channel).bind(2, row.address).bind(3, row.subject).bind(4, row.body)
               .bind(5, row.made_at).bind(6, row.state).bind(7, row.next_at).run());
  const std::int64_t id = db.last_rowid();
  KHIEN_TRY(Statement link, db.prepare("insert into reminder_message values(?1, ?2)"));
  for (const std::int64_t reminder : reminders) {
    KHIEN_DO(link.bind(1, reminder).bind(2, id).run());
  }
  return id;
}

Result<std::vector<MessageRow>> waiting_messages(const Database& db, std::int64_t now,
                                                 std::int64_t limit) {
  KHIEN_TRY(Statement s,
            db.prepare("select id, channel, address, subject, body, made_at, state, attempts,"
                       " next_at from message where state = 'waiting' and next_at <= ?1 and"
                       " channel <> 'paper' order by id limit ?2"));
  s.bind(1, now).bind(2, limit);
  return rows_of<MessageRow>(s, [](const Statement& r) {
    return MessageRow{r.integer(0), r.text(1), r.text(2), r.text(3), r.text(4), r.integer(5),
                      r.text(6), r.integer(7), r.integer(8), 0, ""};
  });
}

Done save_message(const Database& db, const MessageRow& row) {
  KHIEN_TRY(Statement s, db.prepare("update message set state = ?2, attempts = ?3, next_at = ?4,"
                                    " sent_at = ?5, detail = ?6 where id = ?1"));
  return s.bind(1, row.id).bind(2, row.state).bind(3, row.attempts).bind(4, row.next_at)
      .bind(5, integer_or_null(row.sent_at, row.sent_at != 0)).bind(6, text_or_null(row.detail))
      .run();
}

std::optional<std::int64_t> retry_after_ms(std::int64_t attempts) {
  constexpr std::array<std::int64_t, 7> kMinutes = {1, 5, 15, 60, 180, 360, 720};
  if (attempts < 1 || attempts > static_cast<std::int64_t>(kMinutes.size())) return {};
  return kMinutes[static_cast<std::size_t>(attempts - 1)] * kMinuteMs;
}

bool is_quiet(const ReminderRules& rules, std::int64_t now_ms) {
  const std::int64_t hour = (now_ms - start_of_day_ms(local_date(now_ms))) / kHourMs;
  if (rules.quiet_from == rules.quiet_until) return false;
  if (rules.quiet_from < rules.quiet_until) {
    return hour >= rules.quiet_from && hour < rules.quiet_until;
  }
  return hour >= rules.quiet_from || hour < rules.quiet_until;
}

Node rules_node(const ReminderRules& rules) {
  Node before = Node::list();
  for (const std::int64_t days : rules.before) before.push(days);
  return Node::map({{"on", rules.on}, {"before", std::move(before)},
                    {"again_days", rules.again_days}, {"escalate_days", rules.escalate_days},
                    {"quiet_from", rules.quiet_from}, {"quiet_until", rules.quiet_until}});
}

ReminderRules rules_from(const Node& node) {
  ReminderRules out;
  if (node.is_null()) return out;
  out.on = node["on"].boolean();
  out.before.clear();
  for (const Node& days : node["before"].items()) out.before.push_back(days.integer());
  out.again_days = node["again_days"].integer(out.again_days);
  out.escalate_days = node["escalate_days"].integer(out.escalate_days);
  out.quiet_from = node["quiet_from"].integer(out.quiet_from);
  out.quiet_until = node["quiet_until"].integer(out.quiet_until);
  return out;
}

}  // namespace khien::hub
