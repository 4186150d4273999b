// The limits that several files share, or that a user of the program meets: sizes of files, depths,
// counts, times. What bounds one parser alone is a named constexpr at the head of its file
// (`constexpr std::size_t kKeyBytes`), never a number inside a function: tests/house looks.
#pragma once

#include <cstddef>
#include <cstdint>

namespace khien::limits {

inline constexpr std::size_t kMiB = std::size_t{1} << 20;

// Documents as they lie on disk, and as text.
inline constexpr std::size_t dispatch_file_bytes = 64 * kMiB;
inline constexpr std::size_t dispatch_text_bytes = 4 * kMiB;
inline constexpr std::size_t dispatch_pages = 300;
inline constexpr std::size_t dispatch_clauses = 5000;

// YAML and JSON a person or another machine gives us.
inline constexpr std::size_t yaml_file_bytes = 4 * kMiB;
inline constexpr std::size_t yaml_depth = 32;
inline constexpr std::size_t yaml_nodes = 200'000;
inline constexpr std::size_t yaml_documents = 2'000;  // of one file

// Zip containers (DOCX, XLSX).
inline constexpr std::size_t zip_entries = 2000;
inline constexpr std::size_t zip_entry_bytes = 100 * kMiB;
inline constexpr std::size_t zip_total_bytes = 200 * kMiB;
inline constexpr std::size_t zip_ratio = 200;  // unpacked / packed, past the first MiB
inline constexpr std::size_t xml_depth = 256;

// Tables (CSV, XLSX).
inline constexpr std::size_t table_file_bytes = 64 * kMiB;
inline constexpr std::size_t table_rows = 500'000;
inline constexpr std::size_t table_columns = 256;
inline constexpr std::size_t table_cell_bytes = 32'767;
inline constexpr std::size_t table_text_bytes = 48 * kMiB;  // all cells together

// Facts and assessments from elsewhere.
inline constexpr std::size_t facts_file_bytes = 256 * kMiB;
inline constexpr std::size_t facts_files = 20'000;

// Controls: SQLite virtual machine steps, rows and time of one control.
inline constexpr std::int64_t control_steps = 200'000'000;
inline constexpr std::size_t control_rows = 2'000'000;
inline constexpr std::size_t control_value_bytes = kMiB;
inline constexpr std::size_t findings_per_control = 200'000;  // failing; of a province
inline constexpr std::size_t unknown_per_control = 10'000;     // not decided

// Workers.
inline constexpr std::size_t worker_reply_bytes = 64 * kMiB;
inline constexpr std::size_t worker_memory_bytes = 1024 * kMiB;
inline constexpr int worker_job_ms = 30'000;
inline constexpr unsigned worker_cpu_seconds = 300;  // the pool retires a child long before
inline constexpr std::size_t worker_files = 32;      // open files one job is handed
inline constexpr std::size_t stream_record_bytes = kMiB;
inline constexpr std::uint64_t stream_output_bytes = 4096 * kMiB;  // all records of one stream
inline constexpr std::size_t stream_memory_bytes = 512 * kMiB;
inline constexpr int stream_stall_ms = 30'000;               // without a sign of life
inline constexpr std::int64_t stream_wait_ms = 2 * 3'600'000;  // for the worker, all in all
inline constexpr unsigned stream_cpu_seconds = 2 * 3600;
inline constexpr std::size_t outside_output_bytes = 16 * kMiB;
inline constexpr std::size_t outside_memory_bytes = 2048 * kMiB;
inline constexpr std::size_t outside_file_bytes = 256 * kMiB;

// Packed trees (content, worker replies): a null node is 2 bytes packed and about 120 in memory.
inline constexpr std::size_t packed_nodes = 4'000'000;
inline constexpr std::size_t packed_depth = 64;

// Password stores and lists.
inline constexpr std::size_t password_store_bytes = 64 * kMiB;    // one store
inline constexpr std::size_t password_stores_bytes = 256 * kMiB;  // all together
inline constexpr std::size_t password_entries = 500'000;
inline constexpr std::size_t password_line_bytes = 8192;
inline constexpr std::size_t password_hash_bytes = 2048;
inline constexpr std::uint32_t password_rounds = 2'000'000;      // PBKDF2, crypt
inline constexpr std::uint32_t password_bcrypt_cost = 18;
inline constexpr std::size_t password_scrypt_log2 = 18;    // of N; 256 MiB at r = 8
inline constexpr std::size_t password_yescrypt_log2 = 16;  // of N; 256 MiB at r = 32
inline constexpr std::uint32_t password_argon2_kib = 262'144;
inline constexpr std::size_t password_word_bytes = 128;  // longer lines of a list are no words
inline constexpr std::size_t password_range_bytes = 16 * kMiB;  // one file of a range folder
inline constexpr std::size_t password_lists = 20;        // word and leaked lists of one test
inline constexpr std::size_t password_index_keys = 2'000'000'000;

}  // namespace khien::limits
