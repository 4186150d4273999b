// Error codes of workers and outside programs (K08xx). Texts in content/text/*/worker.yaml.
#pragma once

#include "base/error.h"

namespace khien::err {

inline constexpr Code worker_died = "K0801";       // args: signal ("SIGSEGV", "exit 3")
inline constexpr Code worker_time = "K0802";       // args: seconds
inline constexpr Code reply_too_large = "K0803";   // args: limit
inline constexpr Code worker_memory = "K0804";     // args: limit (MiB)
inline constexpr Code reply_malformed = "K0805";   // the child sent what no child of ours sends
inline constexpr Code job_unknown = "K0806";       // args: job
inline constexpr Code worker_start = "K0807";      // args: detail
inline constexpr Code not_regular = "K0808";       // a folder, FIFO, socket or device
inline constexpr Code job_broke = "K0809";         // args: detail; an exception left the job
inline constexpr Code program_missing = "K0810";   // args: program
inline constexpr Code program_time = "K0811";      // args: program, seconds
inline constexpr Code program_killed = "K0812";    // args: program, signal
inline constexpr Code program_output = "K0813";    // args: program, limit
inline constexpr Code program_start = "K0814";     // args: program, detail
inline constexpr Code spawner_gone = "K0815";      // the process that starts workers has ended
inline constexpr Code stream_cancelled = "K0816";  // somebody called cancel()

}  // namespace khien::err
