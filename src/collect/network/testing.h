// Fixture servers of the network tests: on loopback, on a free port, each in a thread of its own.
// Start the worker pool's first job before any of them (a worker is a fork).
#pragma once

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/file.h"
#include "collect/network/address.h"

namespace khien::net::testing {

inline Fd loopback(int type, std::uint16_t& port) {
  Fd fd(socket(AF_INET, type | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(fd.get(), reinterpret_cast<sockaddr*>(&address), size) != 0) return {};
  getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
  port = ntohs(address.sin_port);
  return fd;
}

// ---- DNS

inline std::string dns_name(const std::string& name) {
  std::string out;
  std::size_t at = 0;
  while (at < name.size()) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    out += static_cast<char>(end - at) + name.substr(at, end - at);
    at = end + 1;
  }
  return out + '\0';
}
inline std::string dns_u16(std::size_t v) {
  return {static_cast<char>(v >> 8 & 0xFF), static_cast<char>(v & 0xFF)};
}
inline std::string dns_txt(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size() || at == 0; at += 255) {
    const std::string part = text.substr(at, 255);
    out += static_cast<char>(part.size()) + part;
  }
  return out;
}
inline std::string dns_mx(std::size_t preference, const std::string& host) {
  return dns_u16(preference) + dns_name(host);
}
inline std::string dns_a(const char* ip) {
  in_addr a{};
  inet_pton(AF_INET, ip, &a);
  return {reinterpret_cast<const char*>(&a), sizeof a};
}
// A whole message: `question` is a query as it came; answers (type, rdata) for its name.
inline std::string dns_reply(const std::string& question,
                             const std::vector<std::pair<int, std::string>>& answers, int rcode) {
  std::size_t end = 12;
  while (end < question.size() && question[end] != '\0') {
    end += 1 + static_cast<unsigned char>(question[end]);
  }
  end += 5;
  std::string out = question.substr(0, 2) + '\x81' + static_cast<char>(0x80 | rcode) +
                    dns_u16(1) + dns_u16(answers.size()) + dns_u16(0) + dns_u16(0) +
                    question.substr(12, end - 12);
  for (const auto& [type, data] : answers) {
    out += std::string("\xC0\x0C", 2) + dns_u16(static_cast<std::size_t>(type)) + dns_u16(1) +
           std::string(4, '\0') + dns_u16(data.size()) + data;
  }
  return out;
}

class FakeDns {  // an unknown name is NXDOMAIN; a name of `silent` gets no answer
 public:
  using Key = std::pair<std::string, int>;
  std::map<Key, std::vector<std::string>> records;
  std::string silent;

  void start() {
    fd_ = loopback(SOCK_DGRAM, port_);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeDns() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  [[nodiscard]] Address address() const { return {false, "127.0.0.1", port_}; }

 private:
  void serve() {
    while (!stop_) {
      pollfd p{fd_.get(), POLLIN, 0};
      if (poll(&p, 1, 20) <= 0) continue;
      char bytes[4096];
      sockaddr_in from{};
      socklen_t size = sizeof from;
      const ssize_t n = recvfrom(fd_.get(), bytes, sizeof bytes, 0,
                                 reinterpret_cast<sockaddr*>(&from), &size);
      if (n < 17) continue;
      const std::string reply = answer({bytes, static_cast<std::size_t>(n)});
      if (reply.empty()) continue;
      sendto(fd_.get(), reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    }
  }
  std::string answer(const std::string& question) const {
    std::string name;
    std::size_t at = 12;
    while (question[at] != '\0') {
      const auto length = static_cast<std::size_t>(question[at]);
      name += (name.empty() ? "" : ".") + question.substr(at + 1, length);
      at += 1 + length;
    }
    const int type = static_cast<unsigned char>(question[at + 2]);
    if (!silent.empty() && name == silent) return "";
    bool known = false;
    for (const auto& [key, unused] : records) known = known || key.first == name;
    std::vector<std::pair<int, std::string>> answers;
    if (const auto found = records.find({name, type}); found != records.end()) {
      for (const std::string& data : found->second) answers.emplace_back(type, data);
    }
    return dns_reply(question, answers, known ? 0 : 3);
  }

  Fd fd_;
  std::uint16_t port_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// ---- certificates

struct Identity {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  std::string pem;  // of the certificate: its own authority
  bool old_tls = false;  // the server also takes TLS 1.0
  Identity() = default;
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;
  ~Identity() {
    EVP_PKEY_free(key);
    X509_free(certificate);
  }
};

// `names` as in openssl.cnf: "DNS:a.test,IP:127.0.0.1"; `ends` as "20271221000000Z".
inline void make_identity(Identity& out, const std::string& names, const char* ends) {
  out.key = EVP_EC_gen("P-256");
  out.certificate = X509_new();
  X509* x = out.certificate;
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
  ASN1_TIME_set_string(X509_getm_notBefore(x), "20200101000000Z");
  ASN1_TIME_set_string(X509_getm_notAfter(x), ends);
  X509_NAME* name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("fixture"), -1, -1, 0);
  X509_set_issuer_name(x, name);
  X509_set_pubkey(x, out.key);
  X509_EXTENSION* alt = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
  X509_add_ext(x, alt, -1);
  X509_EXTENSION_free(alt);
  X509_sign(x, out.key, EVP_sha256());
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, x);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  out.pem.assign(data, static_cast<std::size_t>(size));
  BIO_free(bio);
}

// ---- TCP

class Stream {  // one connection, served
 public:
  Stream(int fd, const Identity* identity) : fd_(fd), identity_(identity) {
    const timeval limit{3, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  ~Stream() {
    if (ssl_ != nullptr) SSL_shutdown(ssl_);
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  bool secure() {
    context_ = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_min_proto_version(context_, identity_->old_tls ? TLS1_VERSION : TLS1_2_VERSION);
    if (identity_->old_tls) SSL_CTX_set_cipher_list(context_, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_use_certificate(context_, identity_->certificate);
    SSL_CTX_use_PrivateKey(context_, identity_->key);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, fd_);
    return SSL_accept(ssl_) == 1;
  }
  void write(const std::string& bytes) {
    if (ssl_ != nullptr) {
      SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
      return;
    }
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t n = send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
      if (n <= 0) return;
      at += static_cast<std::size_t>(n);
    }
  }
  bool line(std::string& out) {  // without the line end
    out.clear();
    char c = 0;
    while (get(c)) {
      if (c == '\n') {
        if (out.ends_with('\r')) out.pop_back();
        return true;
      }
      out += c;
    }
    return false;
  }

 private:
  bool get(char& c) {
    return (ssl_ != nullptr ? SSL_read(ssl_, &c, 1) : static_cast<int>(recv(fd_, &c, 1, 0))) == 1;
  }
  int fd_;
  const Identity* identity_;
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
};

class FakeServer {
 public:
  FakeServer(std::function<void(Stream&)> serve, const Identity* identity = nullptr)
      : fd_(loopback(SOCK_STREAM, port_)), serve_(std::move(serve)), identity_(identity) {
    std::signal(SIGPIPE, SIG_IGN);  // as main() does
    listen(fd_.get(), 16);
    thread_ = std::thread([this] { run(); });
  }
  ~FakeServer() {
    stop_ = true;
    thread_.join();
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] int connections() const { return connections_; }

 private:
  void run() {
    while (!stop_) {
      pollfd p{fd_.get(), POLLIN, 0};
      if (poll(&p, 1, 20) <= 0) continue;
      const Fd one(accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC));
      if (!one.valid()) continue;
      ++connections_;
      Stream stream(one.get(), identity_);
      serve_(stream);
    }
  }
  std::uint16_t port_ = 0;
  Fd fd_;
  std::function<void(Stream&)> serve_;
  const Identity* identity_;
  std::atomic<bool> stop_{false};
  std::atomic<int> connections_{0};
  std::thread thread_;
};

// HTTP/1.1, one answer a connection: path -> whole answer after the status line ("200 OK\r\n...").
class FakeSite {
 public:
  std::map<std::string, std::string> pages;  // path -> "200 OK\r\nHeader: x\r\n\r\nbody"
  std::string otherwise = "404 Not Found\r\n\r\nkhong co";

  explicit FakeSite(const Identity* identity = nullptr)
      : server_([this, identity](Stream& s) { serve(s, identity != nullptr); }, identity) {}
  [[nodiscard]] std::string url(const std::string& path = "/") const {
    return scheme_ + "://127.0.0.1:" + std::to_string(server_.port()) + path;
  }
  void https() { scheme_ = "https"; }
  [[nodiscard]] std::vector<std::string> asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  [[nodiscard]] int connections() const { return server_.connections(); }

 private:
  void serve(Stream& s, bool secure) {
    if (secure && !s.secure()) return;
    std::string first;
    std::string line;
    if (!s.line(first)) return;
    while (s.line(line) && !line.empty()) {
    }
    const std::size_t from = first.find(' ') + 1;
    const std::string path = first.substr(from, first.find(' ', from) - from);
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(path);
    }
    const auto found = pages.find(path);
    s.write("HTTP/1.1 " + (found == pages.end() ? otherwise : found->second));
  }
  std::mutex mutex_;
  std::vector<std::string> asked_;
  std::string scheme_ = "http";
  FakeServer server_;
};

}  // namespace khien::net::testing
