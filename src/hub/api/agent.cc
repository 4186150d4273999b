// /agents, /enrolments, /agent: programs that send the facts of their machine.
#include "hub/api/handlers.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fmt/format.h>

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/data/agency.h"
#include "hub/data/agent.h"
#include "hub/data/office_files.h"
#include "hub/data/source.h"
#include "hub/errors.h"
#include "hub/jobs/office_folder.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kSeenEveryMs = 5 * 60'000;
constexpr std::int64_t kBeatSeconds = 30;
constexpr std::int64_t kFactsSeconds = 86'400;
constexpr std::int64_t kMostBytes = std::int64_t{64} << 20;
constexpr std::size_t kShaChars = 64;

Result<Node> agency_node(const Database& db, std::int64_t id) {
  KHIEN_TRY(const auto agency, find_agency_name(db, id));
  return Node::map({{"id", text_id(id)}, {"name", agency ? agency->name : ""}});
}

Result<Node> enrolment_node(const Database& db, const EnrolmentRow& row) {
  KHIEN_TRY(Node agency, agency_node(db, row.agency_id));
  return Node::map({{"id", text_id(row.id)}, {"name", row.name}, {"agency", std::move(agency)},
                    {"machines", row.left_uses}, {"until", row.expires_at},
                    {"made_by", row.made_by}});
}

Result<Node> agent_node(const Database& db, const AgentRow& row) {
  KHIEN_TRY(Node agency, agency_node(db, row.agency_id));
  return Node::map({{"id", text_id(row.id)},
                    {"name", row.name},
                    {"machine_id", row.machine_id},
                    {"agency", std::move(agency)},
                    {"version", row.version},
                    {"enrolled_at", row.enrolled_at},
                    {"seen_at", row.seen_at},
                    {"waiting", row.waiting},
                    {"facts_at", row.facts_at == 0 ? Node{} : Node(row.facts_at)},
                    {"certificate_until", row.ends_at},
                    {"active", row.disabled_at == 0}});
}

Result<Response> list_secrets(Call& call) {
  KHIEN_TRY(const auto rows, list_enrolments(call.db, call.actor.agency_id, call.after(),
                                             call.limit() + 1));
  std::vector<Node> items;
  for (const EnrolmentRow& row : rows) {
    KHIEN_TRY(Node item, enrolment_node(call.db, row));
    items.push_back(std::move(item));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Response> add_secret(Call& call) {
  KHIEN_TRY(const std::string secret, make_secret());
  EnrolmentRow row;
  row.hash = sha256_hex(secret);
  row.name = call.body["name"].text();
  row.made_by = call.actor.login;
  row.left_uses = call.body["machines"].integer(1);
  row.made_at = call.hub.data.clock().now_ms();
  row.expires_at = row.made_at + call.body["days"].integer(7) * kDayMs;
  row.agency_id = call.actor.agency_id;
  if (call.body.has("agency_id")) row.agency_id = call.body["agency_id"].integer();
  KHIEN_TRY(Node made, call.change("agents.admit", "enrolments", 0,
                                   [&](const Database& db, Act& act) -> Result<Node> {
                                     KHIEN_TRY(const bool below,
                                               is_below(db, row.agency_id, call.actor.agency_id));
                                     if (!below) return fail(err::hub_not_found, "body.agency_id");
                                     KHIEN_TRY(row.id, add_enrolment(db, row));
                                     act.what_id = row.id;
                                     act.detail.set("name", row.name);
                                     act.detail.set("machines", row.left_uses);
                                     return enrolment_node(db, row);
                                   }));
  made.set("secret", secret);
  return json_response(made, 201);
}

Result<Response> drop_secret(Call& call) {
  KHIEN_DO(call.change("agents.admit_no_more", "enrolments", call.id(),
                       [&](const Database& db, Act&) { return drop_enrolment(db, call.id()); }));
  return empty_response();
}

Result<Response> list_all_agents(Call& call) {
  KHIEN_TRY(const auto rows, list_agents(call.db, call.actor.agency_id, call.after(),
                                         call.limit() + 1));
  std::vector<Node> items;
  for (const AgentRow& row : rows) {
    KHIEN_TRY(Node item, agent_node(call.db, row));
    items.push_back(std::move(item));
  }
  return json_response(list_page(std::move(items), call,
                                 [](const Node& item) { return item["id"].text(); }));
}

Result<Response> change_agent(Call& call) {
  const bool active = call.body["active"].boolean();
  KHIEN_TRY(const Node node,
            call.change(active ? "agents.let_in" : "agents.shut_out", "agents", call.id(),
                        [&](const Database& db, Act&) -> Result<Node> {
                          KHIEN_TRY(auto row, find_agent(db, call.id()));
                          if (!row) return fail(err::hub_not_found, text_id(call.id()));
                          row->disabled_at = active ? 0 : call.hub.data.clock().now_ms();
                          KHIEN_DO(save_agent(db, *row));
                          return agent_node(db, *row);
                        }));
  return json_response(node);
}

Node certificate_node(const AgentCertificate& made) {
  return Node::map({{"certificate", made.pem}, {"ends_at", made.ends_at}});
}

// Wrong secrets of one address are slowed down like wrong passwords.
Result<Response> enrol(Call& call) {
  constexpr const char* kWho = " enrolment";
  const std::int64_t wait = call.hub.throttle.wait_ms(kWho, call.request.remote, false);
  if (wait > 0) {
    return fail(err::hub_too_many, "", {{"seconds", fmt::format("{}", (wait + 999) / 1000)}});
  }
  if (!call.request.secure && call.hub.mode != Mode::office) return fail(err::hub_origin, "TLS");
  const std::int64_t now = call.hub.data.clock().now_ms();
  AgentRow row;
  row.name = shorten(call.body["name"].text(), 200);
  KHIEN_TRY(const AgentCertificate made,
            call.hub.authority.sign(call.body["request"].text(), "agent", now));
  row.machine_id = call.body["machine_id"].text();
  row.version = call.body["version"].text();
  row.print = made.print;
  row.ends_at = made.ends_at;
  row.enrolled_at = row.seen_at = now;
  const std::string hash = sha256_hex(call.body["secret"].text());
  const auto admit = [&](const Database& db, Act& act) -> Result<bool> {
    KHIEN_TRY(const auto by, use_enrolment(db, hash, now));
    if (!by) {
      act.action = "agents.refused";
      return false;
    }
    row.agency_id = by->agency_id;
    KHIEN_TRY(row.id, add_agent(db, row));
    act.what_id = row.id;
    act.detail.set("name", row.name);
    act.detail.set("admitted_by", by->made_by);
    return true;
  };
  KHIEN_TRY(const bool admitted, call.change("agents.enrol", "agents", 0, admit));
  if (!admitted) {
    call.hub.throttle.failed(kWho, call.request.remote);
    return fail(err::hub_link_invalid, "body.secret");
  }
  return json_response(certificate_node(made), 201);
}

Result<AgentRow> this_agent(const Call& call, const Database& db) {
  KHIEN_TRY(auto row, find_agent(db, call.actor.agent_id));
  if (!row) return fail(err::hub_not_signed_in, "");
  return std::move(*row);
}

Result<Response> renew(Call& call) {
  const std::int64_t now = call.hub.data.clock().now_ms();
  KHIEN_TRY(const AgentCertificate made,
            call.hub.authority.sign(call.body["request"].text(), "agent", now));
  KHIEN_DO(call.change("agents.renew", "agents", call.actor.agent_id,
                       [&](const Database& db, Act&) -> Done {
                         KHIEN_TRY(AgentRow row, this_agent(call, db));
                         row.next_print = made.print;
                         row.ends_at = made.ends_at;
                         return save_agent(db, row);
                       }));
  return json_response(certificate_node(made));
}

// Ten thousand of them twice a minute: written down when it says something new, or was long ago.
Result<Response> beat(Call& call) {
  KHIEN_TRY(AgentRow row, this_agent(call, call.db));
  const std::int64_t now = call.hub.data.clock().now_ms();
  const bool next = call.request.client == row.next_print;
  const std::string version = call.body["version"].text();
  const std::int64_t waiting = call.body["waiting"].integer();
  if (next || version != row.version || waiting != row.waiting ||
      now - row.seen_at > kSeenEveryMs) {
    KHIEN_DO(call.hub.data.touch([&](const Database& db) -> Done {
      KHIEN_TRY(row, this_agent(call, db));
      if (next) row.print = std::exchange(row.next_print, {});
      row.version = version, row.waiting = waiting, row.seen_at = now;
      return save_agent(db, row);
    }));
  }
  return json_response(Node::map({{"beat_seconds", kBeatSeconds},
                                  {"facts_seconds", kFactsSeconds}}));
}

bool is_sha256(const std::string& text) {
  return text.size() == kShaChars && text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Pieces of a file that is not whole yet; one folder an agent, which nobody else writes into.
struct Arriving {
  fs::path folder, file;
  std::int64_t have = 0;
};
Result<Arriving> arriving(const Call& call) {
  const std::string sha256 = call.path["sha256"].text();
  if (!is_sha256(sha256)) return fail(err::hub_not_found, "sha256");
  Arriving out;
  out.folder = call.hub.data.folder() / "agents" / text_id(call.actor.agent_id);
  out.file = out.folder / (sha256 + ".part");
  std::error_code ec;
  const auto size = fs::file_size(out.file, ec);
  out.have = ec ? 0 : static_cast<std::int64_t>(size);
  return out;
}

Node progress(std::int64_t have, bool whole) {
  return Node::map({{"have", have}, {"whole", whole}});
}

// It was here before: a machine that lost our answer asks again and gets the same.
Result<std::optional<SourceRow>> known_facts(const Call& call, const Database& db) {
  KHIEN_TRY(const AgentRow agent, this_agent(call, db));
  if (agent.source_id == 0) return std::optional<SourceRow>{};
  KHIEN_TRY(auto source, find_source(db, agent.source_id));
  if (source && source->sha256 != call.path["sha256"].text()) source.reset();
  return source;
}

Result<Response> read_progress(Call& call) {
  KHIEN_TRY(const Arriving part, arriving(call));
  KHIEN_TRY(const auto known, known_facts(call, call.db));
  if (known) return json_response(progress(known->bytes, true));
  return json_response(progress(part.have, false));
}

// The file becomes the one source of this agent; the one before goes.
Done take_facts(Call& call, const Arriving& part) {
  fs::path old;
  const Done taken = call.change("agents.facts", "sources", 0,
                                 [&](const Database& db, Act& act) -> Done {
    KHIEN_TRY(AgentRow agent, this_agent(call, db));
    SourceRow row;
    row.agency_id = agent.agency_id;
    row.name = safe_name(agent.name + ".facts");
    row.bytes = part.have;
    row.sha256 = call.path["sha256"].text();
    row.received_at = call.hub.data.clock().now_ms();
    KHIEN_TRY(row.id, add_source(db, row));
    row.path = fmt::format("{}/{}/{}", kSources, row.id, row.name);
    KHIEN_DO(save_source(db, row));
    const fs::path office = office_of(call.hub.data.folder(), row.agency_id);
    const fs::path to = office / row.path;
    KHIEN_DO(make_folder(to.parent_path(), Access::owner));
    std::error_code ec;
    fs::rename(part.file, to, ec);
    if (ec) return fail(err::hub_internal, row.path, {{"detail", ec.message()}});
    if (agent.source_id != 0) {  // only now: its id, and so its folder, might be given again
      KHIEN_TRY(const auto before, find_source(db, agent.source_id));
      if (before) old = (office / before->path).parent_path();
      KHIEN_DO(delete_source(db, agent.source_id));
    }
    agent.source_id = act.what_id = row.id;
    agent.facts_at = row.received_at;
    act.detail.set("agent", agent.name);
    act.detail.set("sha256", row.sha256);
    KHIEN_DO(save_agent(db, agent));
    KHIEN_TRY([[maybe_unused]] const std::int64_t job,
              call.hub.runner.add(db, call.actor, "recognise",
                                  Node::map({{"source_id", row.id}})));
    return {};
  });
  KHIEN_DO(taken);
  call.hub.runner.wake();
  if (!old.empty()) {
    std::error_code ec;
    fs::remove_all(old, ec);
  }
  return {};
}

// On the disk before it is acknowledged.
Done append_bytes(const fs::path& file, std::string_view bytes) {
  const Fd fd(::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  const auto failed = [&] {
    return fail(errno == ENOSPC ? err::hub_disk_full : err::file_unwritable, file.string(),
                {{"detail", std::strerror(errno)}});
  };
  if (!fd.valid()) return failed();
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return failed();
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(fd.get()) != 0) return failed();
  return {};
}

// Other files this agent began and did not end are given up: it sends one after the other.
Done append_piece(const Call& call, Arriving& part) {
  KHIEN_DO(make_folder(part.folder, Access::owner));
  std::error_code ec;
  std::error_code ignored;
  for (auto at = fs::directory_iterator(part.folder, ec); !ec && at != fs::directory_iterator();
       at.increment(ec)) {
    if (at->path() != part.file) fs::remove(at->path(), ignored);
  }
  KHIEN_TRY(const std::string piece, read_file(call.request.upload.path,
                                               static_cast<std::size_t>(kMostBytes)));
  KHIEN_DO(append_bytes(part.file, piece));
  part.have += static_cast<std::int64_t>(piece.size());
  return {};
}

Result<Response> take_piece(Call& call) {
  KHIEN_TRY(const auto known, known_facts(call, call.db));
  if (known) return json_response(progress(known->bytes, true));
  KHIEN_TRY(Arriving part, arriving(call));
  const std::int64_t size = call.query["size"].integer();
  const auto bytes = static_cast<std::int64_t>(call.request.upload.bytes);
  if (call.query["offset"].integer() != part.have || bytes == 0 || part.have + bytes > size) {
    return fail(err::agent_piece, call.path["sha256"].text(),
                {{"have", fmt::format("{}", part.have)}});
  }
  KHIEN_DO(append_piece(call, part));
  if (part.have < size) return json_response(progress(part.have, false));
  KHIEN_TRY(const std::string whole, read_file(part.file, static_cast<std::size_t>(kMostBytes)));
  if (sha256_hex(whole) != call.path["sha256"].text()) {
    std::error_code ec;
    fs::remove(part.file, ec);
    return fail(err::agent_facts, call.path["sha256"].text());
  }
  KHIEN_DO(take_facts(call, part));
  return json_response(progress(part.have, true));
}

Result<bool> sees_enrolment(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_enrolment(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

Result<bool> sees_agent(const Database& db, const Actor& actor, std::int64_t id) {
  KHIEN_TRY(const auto row, find_agent(db, id));
  if (!row) return false;
  return is_below(db, row->agency_id, actor.agency_id);
}

}  // namespace

void add_agents(Handlers& handlers) {
  handlers.add("enrolment_list", list_secrets);
  handlers.add("enrolment_add", add_secret);
  handlers.add("enrolment_drop", drop_secret);
  handlers.add("agent_list", list_all_agents);
  handlers.add("agent_change", change_agent);
  handlers.add("agent_enrol", enrol);
  handlers.add("agent_renew", renew);
  handlers.add("agent_beat", beat);
  handlers.add("agent_facts_read", read_progress);
  handlers.add("agent_facts_add", take_piece);
  handlers.object("enrolment", sees_enrolment);
  handlers.object("agent", sees_agent);
}

}  // namespace khien::hub
