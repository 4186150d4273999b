// Signing in with the password of a directory (LDAP, RFC 4511; Active Directory): the hub finds the
// entry of the login and binds as it. Nothing of the password is kept.
#pragma once

#include <string>

#include "base/error.h"
#include "base/node.h"

namespace khien::hub {

struct DirectoryServer {
  std::string url;               // ldaps://HOST[:PORT], or ldap:// with StartTLS
  std::string base;              // where people are looked for, below it
  std::string attribute = "uid"; // whose value is the login: uid, sAMAccountName, mail ...
  std::string reader;            // DN that may search; "" searches without a name
  std::string authorities;       // PEM; "" takes those of the system
  [[nodiscard]] bool set() const { return !url.empty() && !base.empty(); }
};
[[nodiscard]] DirectoryServer directory_server_from(const Node& node);
[[nodiscard]] Node directory_server_node(const DirectoryServer& server);
// K1350: no ldap or ldaps address, an attribute that is none (RFC 4512), a base that is no DN.
[[nodiscard]] Done check_directory_server(const DirectoryServer& server);

// The file of the data folder (0600) with the reader's password.
inline constexpr const char* kReaderPassword = "directory.password";

// The password is that of the one entry whose attribute is the login. An empty password never is
// (RFC 4513, 5.1.2). Without TLS nothing is sent but to this machine. K1351 with what went wrong.
[[nodiscard]] Result<bool> binds(const DirectoryServer& server, const std::string& reader_password,
                                 const std::string& login, const std::string& password);
// A value within a search filter (RFC 4515, 3).
[[nodiscard]] std::string filter_value(std::string_view text);

}  // namespace khien::hub
