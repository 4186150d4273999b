#include "hub/data/calendar_feed.h"

#include <fmt/format.h>

#include "base/calendar.h"
#include "base/text.h"
#include "hub/data/rows.h"

namespace khien::hub {
namespace {

constexpr std::size_t kSummaryChars = 160;
constexpr std::size_t kLineBytes = 75;

Done add_due(const Database& db, std::int64_t agency_id, const std::string& since,
             const Texts& texts, std::vector<FeedEvent>& out) {
  KHIEN_TRY(Statement s,
            db.prepare("select d.id, d.number, d.subject, x.due_on, x.tasks from (select id as"
                       " dispatch_id, due_on, 0 as tasks from dispatch where agency_id = ?1 and"
                       " state in ('confirmed', 'issued', 'unconfirmed') union all select"
                       " t.dispatch_id, t.due_on, count(*) from task t join dispatch o on o.id ="
                       " t.dispatch_id where t.agency_id = ?1 and t.progress not in ('done',"
                       " 'accepted') and t.due_on is not o.due_on group by 1, 2) x join dispatch d"
                       " on d.id = x.dispatch_id where x.due_on >= ?2 order by x.due_on, d.id"));
  s.bind(1, agency_id).bind(2, since);
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return {};
    const std::string number =
        s.text(1).empty() ? texts("hub.reminder.unnumbered") : s.text(1);
    const std::int64_t tasks = s.integer(4);
    out.push_back({fmt::format("due-{}-{}", s.integer(0), s.text(3)), s.text(3), s.text(3),
                   shorten(texts("hub.feed.due", {{"number", number}, {"tasks", tasks},
                                                  {"subject", squeeze(s.text(2))}}),
                           kSummaryChars)});
  }
}

Done add_windows(const Database& db, std::int64_t agency_id, const std::string& since,
                 const Texts& texts, std::vector<FeedEvent>& out) {
  KHIEN_TRY(Statement s,
            db.prepare("select d.id, p.windows from dispatch d join dispatch p on p.id ="
                       " coalesce(d.paper_id, d.id) where d.agency_id = ?1 and d.state in"
                       " ('confirmed', 'issued', 'answered') order by d.id"));
  s.bind(1, agency_id);
  for (;;) {
    KHIEN_TRY(const bool row, s.step());
    if (!row) return {};
    const Node windows = tree_of(s.text(1));  // a temporary would be gone within the loop
    for (const Node& window : windows.items()) {
      const std::string from = window["from"].text();
      const std::string to = window["to"].text();
      if (!parse_date(from) || !parse_date(to) || to < since || to < from) continue;
      out.push_back({fmt::format("watch-{}-{}", s.integer(0), from), from, to,
                     shorten(texts("hub.feed.watch", {{"why", window["why"].text()}}),
                             kSummaryChars)});
    }
  }
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : squeeze(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (static_cast<unsigned char>(c) >= ' ') out += c;
  }
  return out;
}

// Folded between code points; a line that goes on begins with a space.
void add_line(std::string& out, const std::string& line) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t next = i + 1;
    while (next < line.size() && (static_cast<unsigned char>(line[next]) & 0xC0) == 0x80) ++next;
    if (width + next - i > kLineBytes) {
      out += "\r\n ";
      width = 1;
    }
    out.append(line, i, next - i);
    width += next - i;
    i = next;
  }
  out += "\r\n";
}

std::string bare_day(const std::string& iso, std::int64_t later = 0) {
  const auto day = parse_date(iso);
  std::string out = day ? to_iso(from_days(to_days(*day) + later)) : iso;
  std::erase(out, '-');
  return out;
}

}  // namespace

Result<std::vector<FeedEvent>> feed_events(const Database& db, std::int64_t agency_id,
                                           const std::string& since, const Texts& texts) {
  std::vector<FeedEvent> out;
  KHIEN_DO(add_due(db, agency_id, since, texts, out));
  KHIEN_DO(add_windows(db, agency_id, since, texts, out));
  return out;
}

std::string feed_text(const std::vector<FeedEvent>& events, const std::string& name,
                      std::int64_t now_ms) {
  constexpr std::int64_t kSecondMs = 1000;
  const std::int64_t utc_day = now_ms / kDayMs;
  const std::int64_t second = now_ms % kDayMs / kSecondMs;
  std::string today = to_iso(from_days(utc_day));
  std::erase(today, '-');
  const std::string stamp = fmt::format("{}T{:02}{:02}{:02}Z", today, second / 3600,
                                        second / 60 % 60, second % 60);
  std::string out;
  for (const char* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Khien//hub//VI",
                           "CALSCALE:GREGORIAN", "METHOD:PUBLISH"}) {
    add_line(out, line);
  }
  add_line(out, "X-WR-CALNAME:" + escaped(name));
  for (const FeedEvent& e : events) {
    add_line(out, "BEGIN:VEVENT");
    add_line(out, "UID:" + e.uid + "@khien.invalid");
    add_line(out, "DTSTAMP:" + stamp);
    add_line(out, "DTSTART;VALUE=DATE:" + bare_day(e.from));
    add_line(out, "DTEND;VALUE=DATE:" + bare_day(e.to, 1));  // the day after the last
    add_line(out, "SUMMARY:" + escaped(e.summary));
    add_line(out, "TRANSP:TRANSPARENT");
    add_line(out, "END:VEVENT");
  }
  add_line(out, "END:VCALENDAR");
  return out;
}

Done set_feed(const Database& db, std::int64_t user_id, const std::string& hash,
              std::int64_t now) {
  KHIEN_TRY(Statement s, db.prepare("insert into calendar_link values(?1, ?2, ?3) on"
                                    " conflict(user_id) do update set hash = ?2, made_at = ?3"));
  return s.bind(1, user_id).bind(2, hash).bind(3, now).run();
}

Done drop_feed(const Database& db, std::int64_t user_id) {
  KHIEN_TRY(Statement s, db.prepare("delete from calendar_link where user_id = ?1"));
  return s.bind(1, user_id).run();
}

Result<std::int64_t> feed_agency(const Database& db, const std::string& hash) {
  KHIEN_TRY(const Value id, db.one("select u.agency_id from calendar_link c join user u on u.id ="
                                   " c.user_id where c.hash = ?1 and u.disabled_at is null",
                                   {hash}));
  const auto* found = std::get_if<std::int64_t>(&id);
  return found == nullptr ? 0 : *found;
}

}  // namespace khien::hub
