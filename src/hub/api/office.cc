// /office, /kinds: who the office is; what a measure may ask.
#include "hub/api/handlers.h"

#include "base/text.h"
#include "hub/api/kind_book.h"
#include "hub/data/office.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

Result<Response> read_office(Call& call) {
  KHIEN_TRY(const Node profile, office_profile(call.db, call.actor.agency_id));
  return json_response(profile);
}

Result<Response> change_office(Call& call) {
  if (trim(call.body["name"].text()).empty()) return fail(err::office_unnamed, "name");
  const std::int64_t id = call.actor.agency_id;
  KHIEN_TRY(const Node saved,
            call.change("office.save", "office", id,
                        [&](const Database& db, Act&) -> Result<Node> {
                          KHIEN_DO(save_office(db, id, call.body));
                          return office_profile(db, id);
                        }));
  return json_response(saved);
}

Result<Response> list_kinds(Call& call) {
  KHIEN_TRY(const KindBook kinds, KindBook::load(call.hub.content));
  return json_response(kinds.list(call.texts));
}

}  // namespace

void add_office(Handlers& handlers) {
  handlers.add("office_read", read_office);
  handlers.add("office_save", change_office);
  handlers.add("kind_list", list_kinds);
}

}  // namespace khien::hub
