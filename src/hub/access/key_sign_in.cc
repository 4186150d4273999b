#include "hub/access/key_sign_in.h"

#include "base/hash.h"
#include "hub/data/passkey.h"
#include "hub/errors.h"

namespace khien::hub {
namespace {

constexpr std::string_view kAlone = "alone";

tl::unexpected<Error> no_key(const char* why) {
  return fail(err::passkey_refused, "", {{"why", why}});
}

struct KeyShown {
  Passkey key;
  User user;
  ShownKey shown;
  std::string challenge;
};

// Everything but what changes with the use: challenge taken once, counter.
Result<KeyShown> look_at(Data& data, const KeyRound& round, const PageAddress& page,
                         const KeyAnswer& answer) {
  KeyShown out;
  KHIEN_TRY(out.challenge, challenge_of(answer.client_data, KeyAct::show, page));
  KHIEN_TRY(const bool ours, is_challenge(data, round, out.challenge));
  if (!ours) return no_key("challenge");
  {
    KHIEN_TRY(const Data::Reading db, data.read());
    KHIEN_TRY(const auto key, find_passkey(*db, hex(answer.credential)));
    if (!key || key->host != page.host) return no_key("unknown");
    KHIEN_TRY(const auto user, find_user(*db, key->user_id));
    if (!user || user->disabled_at != 0) return no_key("unknown");
    if (round.user_id != 0 && user->id != round.user_id) return no_key("unknown");
    out.key = *key;
    out.user = *user;
  }
  KHIEN_TRY(const std::string bytes, unhex(out.key.public_key));
  KHIEN_TRY(out.shown, shown_key(page, {out.key.algorithm, bytes}, answer));
  if (round.use != kAlone) return out;
  // Alone it stands for the password too, so it must have known its owner; and whose password is
  // kept elsewhere shows there that he still belongs to it.
  if (out.user.way != "password") return no_key("elsewhere");
  if (!out.key.alone || !out.shown.verified) return no_key("unverified");
  return out;
}

Act key_act(const User* user, const std::string& remote) {
  Act act;
  act.action = "session.passkey";
  act.what = "users";
  act.remote = remote;
  if (user == nullptr) return act;
  act.user_id = act.what_id = user->id;
  act.login = user->login;
  return act;
}

Done note_refusal(Data& data, const KeyRound& round, const Error& error,
                  const std::string& remote) {
  std::optional<User> user;
  if (round.user_id != 0) {
    KHIEN_TRY(const Data::Reading db, data.read());
    KHIEN_TRY(user, find_user(*db, round.user_id));
  }
  Act act = key_act(user ? &*user : nullptr, remote);
  act.action = "session.refused";
  act.detail.set("why", "passkey");
  const auto why = error.args.find("why");
  if (why != error.args.end()) act.detail.set("passkey", why->second);
  return data.change(act, [](const Database&, Act&) { return Done{}; });
}

}  // namespace

Result<User> use_key(Data& data, const KeyRound& round, const PageAddress& page,
                     const KeyAnswer& answer, const std::string& remote) {
  auto seen = look_at(data, round, page, answer);
  if (!seen) {
    KHIEN_DO(note_refusal(data, round, seen.error(), remote));
    return pass_on(seen.error());
  }
  const std::int64_t now = data.clock().now_ms();
  const std::int64_t counter = seen->shown.counter;
  // "" when all is well, else why it is refused: the audit row stays either way
  const auto use = [&](const Database& db, Act& act) -> Result<std::string> {
    const auto refuse = [&](const char* why) {
      act.action = "session.refused";
      act.detail.set("why", "passkey");
      act.detail.set("passkey", why);
      return std::string(why);
    };
    act.detail.set("name", seen->key.name);
    KHIEN_TRY(const bool first, take_challenge(db, sha256_hex(seen->challenge), now,
                                               now - 2 * kChallengeMs));
    if (!first) return refuse("challenge");
    KHIEN_TRY(const auto key, find_passkey(db, seen->key.credential));  // taken away meanwhile?
    if (!key) return refuse("unknown");
    const bool counts = key->counter != 0 || counter != 0;
    if (counts && counter <= key->counter) return refuse("counter");
    KHIEN_DO(use_passkey(db, key->id, counter, now));
    return std::string();
  };
  KHIEN_TRY(const std::string why, data.change(key_act(&seen->user, remote), use));
  if (why == "counter") return fail(err::passkey_counter, seen->key.name);
  if (!why.empty()) return no_key(why.c_str());
  return std::move(seen->user);
}

}  // namespace khien::hub
