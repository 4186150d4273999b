// Local accounts, administrators and the password rule, by SID and number.
#include "windows/win32.h"

#include <lm.h>
#include <sddl.h>

#include "windows/live.h"

namespace khien::windows {
namespace {

using namespace host_windows;  // NOLINT: this file is its other side

constexpr DWORD kPageBytes = 64 << 10;
constexpr std::size_t kUsers = 5'000;

struct NetBuffer {  // what NetApi gives is given back
  BYTE* raw = nullptr;
  NetBuffer() = default;
  NetBuffer(const NetBuffer&) = delete;
  NetBuffer& operator=(const NetBuffer&) = delete;
  ~NetBuffer() {
    if (raw != nullptr) NetApiBufferFree(raw);
  }
  template <class T>
  const T* as() const {
    return reinterpret_cast<const T*>(raw);
  }
};

Problem problem_of(NET_API_STATUS code) {
  return code == ERROR_ACCESS_DENIED ? Problem::denied : Problem::broken;
}

std::string text_of_sid(PSID sid) {
  wchar_t* text = nullptr;
  if (sid == nullptr || ConvertSidToStringSidW(sid, &text) == 0) return "";
  std::string out = utf8(text);
  LocalFree(text);
  return out;
}

std::string sid_of(const wchar_t* login) {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof sid;
  wchar_t domain[256];
  DWORD domain_size = 256;
  SID_NAME_USE use{};
  if (LookupAccountNameW(nullptr, login, sid, &size, domain, &domain_size, &use) == 0) return "";
  return text_of_sid(sid);
}

std::string text(const wchar_t* value) { return value == nullptr ? "" : utf8(value); }

// Level 4 tells the SID itself; older or poorer answers leave more open.
bool fill(const wchar_t* login, LocalUser& out) {
  NetBuffer four;
  if (NetUserGetInfo(nullptr, login, 4, &four.raw) == NERR_Success && four.raw != nullptr) {
    const auto* info = four.as<USER_INFO_4>();
    out = {text(info->usri4_name), text_of_sid(info->usri4_user_sid),
           text(info->usri4_full_name), info->usri4_flags, info->usri4_password_age,
           info->usri4_last_logon, info->usri4_password_expired != 0};
    return true;
  }
  NetBuffer three;
  if (NetUserGetInfo(nullptr, login, 3, &three.raw) == NERR_Success && three.raw != nullptr) {
    const auto* info = three.as<USER_INFO_3>();
    out = {text(info->usri3_name), sid_of(login), text(info->usri3_full_name), info->usri3_flags,
           info->usri3_password_age, info->usri3_last_logon, info->usri3_password_expired != 0};
    return true;
  }
  NetBuffer one;
  if (NetUserGetInfo(nullptr, login, 1, &one.raw) == NERR_Success && one.raw != nullptr) {
    out = {text(one.as<USER_INFO_1>()->usri1_name), sid_of(login), "",
           one.as<USER_INFO_1>()->usri1_flags, {}, {}, {}};
    return true;
  }
  return false;
}

void ask_users(Answers& out) {
  DWORD resume = 0;
  for (;;) {
    NetBuffer page;
    DWORD read = 0;
    DWORD total = 0;
    const NET_API_STATUS code = NetUserEnum(nullptr, 0, FILTER_NORMAL_ACCOUNT, &page.raw,
                                            kPageBytes, &read, &total, &resume);
    if (code != NERR_Success && code != ERROR_MORE_DATA) {
      out.users.problem = problem_of(code);
      out.users.detail = detail_of("NetUserEnum", code);
      return;
    }
    for (DWORD i = 0; i < read; ++i) {
      const wchar_t* login = page.as<USER_INFO_0>()[i].usri0_name;
      LocalUser user;
      if (out.users.value.size() >= kUsers) out.users.detail = "NetUserEnum: too many";
      else if (fill(login, user)) out.users.value.push_back(std::move(user));
      else out.users.detail = "NetUserGetInfo";
    }
    if (code == NERR_Success || read == 0) break;
  }
  out.users.problem = out.users.value.empty() ? Problem::broken : Problem::none;
}

// The group is found by its SID: its name is translated and may be changed.
void ask_administrators(Answers& out) {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof sid;
  wchar_t name[256];
  wchar_t domain[256];
  DWORD name_size = 256;
  DWORD domain_size = 256;
  SID_NAME_USE use{};
  if (CreateWellKnownSid(WinBuiltinAdministratorsSid, nullptr, sid, &size) == 0 ||
      LookupAccountSidW(nullptr, sid, name, &name_size, domain, &domain_size, &use) == 0) {
    out.administrators.problem = Problem::broken;
    out.administrators.detail = detail_of("LookupAccountSid", GetLastError());
    return;
  }
  NetBuffer members;
  DWORD read = 0;
  DWORD total = 0;
  const NET_API_STATUS code = NetLocalGroupGetMembers(nullptr, name, 0, &members.raw,
                                                      MAX_PREFERRED_LENGTH, &read, &total, nullptr);
  if (code != NERR_Success) {
    out.administrators.problem = problem_of(code);
    out.administrators.detail = detail_of("NetLocalGroupGetMembers", code);
    return;
  }
  out.administrators.problem = Problem::none;
  for (DWORD i = 0; i < read; ++i) {
    const std::string member =
        text_of_sid(members.as<LOCALGROUP_MEMBERS_INFO_0>()[i].lgrmi0_sid);
    if (!member.empty()) out.administrators.value.push_back(member);
  }
}

void ask_password_rules(Answers& out) {
  NetBuffer rules;
  NetBuffer lockout;
  const NET_API_STATUS code = NetUserModalsGet(nullptr, 0, &rules.raw);
  const NET_API_STATUS second = NetUserModalsGet(nullptr, 3, &lockout.raw);
  if (code != NERR_Success || second != NERR_Success || rules.raw == nullptr ||
      lockout.raw == nullptr) {
    out.password_rules.problem = problem_of(code != NERR_Success ? code : second);
    out.password_rules.detail = detail_of("NetUserModalsGet", code != NERR_Success ? code : second);
    return;
  }
  const auto* modals = rules.as<USER_MODALS_INFO_0>();
  PasswordRules& r = out.password_rules.value;
  r.min_length = modals->usrmod0_min_passwd_len;
  if (modals->usrmod0_max_passwd_age != TIMEQ_FOREVER) r.max_age_s = modals->usrmod0_max_passwd_age;
  r.history = modals->usrmod0_password_hist_len;
  r.lockout_tries = lockout.as<USER_MODALS_INFO_3>()->usrmod3_lockout_threshold;
  out.password_rules.problem = Problem::none;
}

}  // namespace

void ask_accounts(Answers& out) {
  ask_users(out);
  ask_administrators(out);
  ask_password_rules(out);
}

void ask_shares(Answers& out) {
  NetBuffer page;
  DWORD read = 0;
  DWORD total = 0;
  // Level 1 is open to everybody; the paths of level 2 are not.
  const NET_API_STATUS code =
      NetShareEnum(nullptr, 1, &page.raw, MAX_PREFERRED_LENGTH, &read, &total, nullptr);
  if (code != NERR_Success) {
    out.shares.problem = problem_of(code);
    out.shares.detail = detail_of("NetShareEnum", code);
    return;
  }
  out.shares.problem = Problem::none;
  for (DWORD i = 0; i < read; ++i) {
    const SHARE_INFO_1& share = page.as<SHARE_INFO_1>()[i];
    const bool disk = (share.shi1_type & 0xFF) == STYPE_DISKTREE;  // the kind; flags above
    const bool special = (share.shi1_type & STYPE_SPECIAL) != 0;
    if (disk) out.shares.value.push_back({text(share.shi1_netname), "", special});
  }
}

}  // namespace khien::windows
