// Length-prefixed messages over a socket pair. The pool's end does not block, so a child that stops
// reading or writing can only cost the time of its job.
#include "base/worker_wire.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/clock.h"

namespace khien::wire {

std::int64_t send_once(int socket, std::string_view bytes, std::span<const int> descriptors) {
  iovec part{const_cast<char*>(bytes.data()), bytes.size()};
  const std::size_t size = descriptors.size_bytes();
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * most_descriptors)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = CMSG_SPACE(size);
  cmsghdr* head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(size);
  std::memcpy(CMSG_DATA(head), descriptors.data(), size);
  return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

std::int64_t receive_once(int socket, char* into, std::size_t size,
                          std::vector<Fd>* descriptors) {
  iovec part{into, size};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * most_descriptors)] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const ssize_t n = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (n < 0) return n;
  for (cmsghdr* h = CMSG_FIRSTHDR(&message); h != nullptr; h = CMSG_NXTHDR(&message, h)) {
    if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(h) + i * sizeof fd, sizeof fd);
      descriptors->emplace_back(fd);
    }
  }
  return n;
}

namespace {

Outcome wait_for(int socket, short events, std::int64_t deadline_ms) {
  for (;;) {
    int timeout = -1;
    if (deadline_ms >= 0) {
      const std::int64_t left = deadline_ms - steady_ms();
      if (left <= 0) return Outcome::time;
      timeout = static_cast<int>(left);
    }
    pollfd p{socket, events, 0};
    const int n = ::poll(&p, 1, timeout);
    if (n > 0) return Outcome::ok;
    if (n < 0 && errno != EINTR) return Outcome::closed;
  }
}

bool again() { return errno == EAGAIN || errno == EINTR; }

// Children have no send(); a broken pipe just ends them.
std::int64_t send_plain(int socket, std::string_view bytes, bool child) {
  return child ? ::write(socket, bytes.data(), bytes.size())
               : ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

Outcome send_all(int socket, std::string_view bytes, std::span<const int>& descriptors,
                 std::int64_t deadline_ms) {
  while (!bytes.empty()) {
    const std::int64_t n = !descriptors.empty() ? send_once(socket, bytes, descriptors)
                                                : send_plain(socket, bytes, deadline_ms < 0);
    if (n > 0) {
      descriptors = {};
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (n < 0 && !again()) {
      return Outcome::closed;
    } else if (const Outcome o = wait_for(socket, POLLOUT, deadline_ms); o != Outcome::ok) {
      return o;
    }
  }
  return Outcome::ok;
}

Outcome receive_some(int socket, char* into, std::size_t& size, std::vector<Fd>* descriptors,
                     std::int64_t deadline_ms) {
  for (;;) {
    const std::int64_t n = descriptors != nullptr
                          ? receive_once(socket, into, size, descriptors)
                          : deadline_ms < 0 ? ::read(socket, into, size)
                                            : ::recv(socket, into, size, 0);
    if (n > 0) {
      size = static_cast<std::size_t>(n);
      return Outcome::ok;
    }
    if (n == 0 || !again()) return Outcome::closed;
    if (const Outcome o = wait_for(socket, POLLIN, deadline_ms); o != Outcome::ok) return o;
  }
}

}  // namespace

std::string head_of(std::size_t size) {
  std::string head;
  for (std::size_t i = 0; i < head_bytes; ++i) head += static_cast<char>(size >> (8 * i));
  return head;
}

bool size_of_message(std::string_view bytes, std::uint64_t& size) {
  if (bytes.size() < head_bytes) return false;
  size = 0;
  for (std::size_t i = 0; i < head_bytes; ++i) {
    size |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  return true;
}

void do_not_block(int socket) { ::fcntl(socket, F_SETFL, O_NONBLOCK); }

std::int64_t steady_ms() { return SystemClock().steady_ms(); }

Outcome send(int socket, std::string_view body, std::span<const int> descriptors,
             std::int64_t deadline_ms) {
  const Outcome o = send_all(socket, head_of(body.size()), descriptors, deadline_ms);
  return o == Outcome::ok ? send_all(socket, body, descriptors, deadline_ms) : o;
}

Outcome receive(int socket, std::size_t limit, std::string& body, std::vector<Fd>* descriptors,
                std::int64_t deadline_ms) {
  char head[head_bytes];
  for (std::size_t have = 0; have < head_bytes;) {
    std::size_t n = head_bytes - have;
    const Outcome o = receive_some(socket, head + have, n, descriptors, deadline_ms);
    if (o != Outcome::ok) return o;
    have += n;
  }
  std::uint64_t size = 0;
  static_cast<void>(size_of_message({head, head_bytes}, size));
  if (size > limit) return Outcome::too_large;
  body.clear();
  body.reserve(static_cast<std::size_t>(size));
  char buffer[65536];
  while (body.size() < size) {
    std::size_t n =
        std::min<std::size_t>(sizeof buffer, static_cast<std::size_t>(size) - body.size());
    const Outcome o = receive_some(socket, buffer, n, nullptr, deadline_ms);
    if (o != Outcome::ok) return o;
    body.append(buffer, n);
  }
  return Outcome::ok;
}

}  // namespace khien::wire
