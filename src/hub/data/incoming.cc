#include "hub/data/incoming.h"

#include <charconv>

#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::size_t kDigits = 9;

std::int64_t number_of(std::string_view text) {
  std::int64_t out = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool whole = code == std::errc() && end == text.data() + text.size();
  return whole && text.size() <= kDigits && out > 0 ? out : 0;
}

Done enter(const Database& db, std::int64_t agency_id, std::int64_t year, std::int64_t no,
           std::int64_t dispatch_id) {
  KHIEN_TRY(Statement s, db.prepare("insert into incoming(agency_id, year, no, dispatch_id)"
                                    " values(?1, ?2, ?3, ?4)"));
  return s.bind(1, agency_id).bind(2, year).bind(3, no).bind(4, dispatch_id).run();
}

}  // namespace

Result<std::int64_t> next_incoming(const Database& db, std::int64_t agency_id, std::int64_t year,
                                   std::int64_t dispatch_id) {
  KHIEN_TRY(const Value own, db.one("select no from incoming where dispatch_id = ?1 and year = ?2",
                                    {dispatch_id, year}));
  if (const auto* no = std::get_if<std::int64_t>(&own)) return *no;
  KHIEN_TRY(Statement left, db.prepare("update incoming set dispatch_id = null where"
                                       " dispatch_id = ?1"));
  KHIEN_DO(left.bind(1, dispatch_id).run());
  KHIEN_TRY(const Value last, db.one("select coalesce(max(no), 0) from incoming where"
                                     " agency_id = ?1 and year = ?2", {agency_id, year}));
  const std::int64_t next = std::get<std::int64_t>(last) + 1;
  KHIEN_DO(enter(db, agency_id, year, next, dispatch_id));
  return next;
}

Done claim_incoming(const Database& db, std::int64_t agency_id, const std::string& received_on,
                    const std::string& received_no, std::int64_t dispatch_id) {
  KHIEN_TRY(Statement old, db.prepare("delete from incoming where dispatch_id = ?1"));
  KHIEN_DO(old.bind(1, dispatch_id).run());
  const std::string year = received_on.substr(0, 4);
  if (received_no.empty() || number_of(year) == 0) return {};
  // What is no plain number ("12a/VT") is compared as it is written.
  KHIEN_TRY(const Value same,
            db.one("select count(*) from dispatch where agency_id = ?1 and received_no = ?2 and"
                   " received_on like ?3 || '-%' and id <> ?4",
                   {agency_id, received_no, year, dispatch_id}));
  const std::int64_t no = number_of(received_no);
  KHIEN_TRY(const Value taken,
            db.one("select count(*) from incoming where agency_id = ?1 and year = ?2 and no = ?3",
                   {agency_id, number_of(year), no}));
  if (std::get<std::int64_t>(same) + std::get<std::int64_t>(taken) > 0) {
    return fail(err::incoming_taken, "received_no", {{"no", received_no}, {"year", year}});
  }
  return no == 0 ? Done{} : enter(db, agency_id, number_of(year), no, dispatch_id);
}

}  // namespace khien::hub
