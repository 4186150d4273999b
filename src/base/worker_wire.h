// Messages between the pool and a child: 8 bytes of length (little endian), then a packed Node. A
// request carries its descriptors (SCM_RIGHTS) with its first byte. Every function has a deadline
// and trusts nothing the other side says. A descriptor a child sends back is dropped by the kernel,
// because replies are read without control data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"

namespace khien::wire {

enum class Outcome { ok, closed, time, too_large };

// `deadline_ms` on the steady clock; < 0: wait for ever (the child's side).
[[nodiscard]] Outcome send(int socket, std::string_view body,
                           std::span<const int> descriptors, std::int64_t deadline_ms);
[[nodiscard]] Outcome receive(int socket, std::size_t limit, std::string& body,
                              std::vector<Fd>* descriptors, std::int64_t deadline_ms);
// The same in parts, for streams: a message is head_of(body.size()) + body.
inline constexpr std::size_t head_bytes = 8;
[[nodiscard]] std::string head_of(std::size_t size);
[[nodiscard]] bool size_of_message(std::string_view bytes, std::uint64_t& size);  // head is there
void do_not_block(int socket);
[[nodiscard]] std::int64_t steady_ms();
inline constexpr std::size_t most_descriptors = 40;  // of one message
// One sendmsg/recvmsg with descriptors beside the bytes; as those return.
std::int64_t send_once(int socket, std::string_view bytes, std::span<const int> descriptors);
std::int64_t receive_once(int socket, char* into, std::size_t size,
                          std::vector<Fd>* descriptors);

}  // namespace khien::wire
