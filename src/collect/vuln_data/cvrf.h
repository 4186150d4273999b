// Microsoft's monthly security documents (CVRF 1.1 XML, one a month) to advisories and fixed builds
// of Windows itself. Other products (Office, Exchange, SQL Server ...) keep their advisories and
// KB numbers; their builds are not compared.
//
// Opened only in workers (job "vuln.cvrf"). Names are matched without their prefix, as older files
// carry none. DTDs are ignored. A document that is not whole is an error: half a month is no month.
// Source: OASIS CVRF 1.1; api.msrc.microsoft.com/cvrf/v2.0.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/worker.h"

namespace khien::vuln {

inline constexpr std::size_t kCvrfBytes = 48 * limits::kMiB;
inline constexpr std::size_t kAdvisories = 5'000;   // of one document
inline constexpr std::size_t kFixes = 200'000;

struct Advisory {
  std::string cve;
  std::string title;
  std::string severity;    // critical | important | moderate | low | ""
  bool exploited = false;  // known to be exploited when the document was published
};

struct Fix {  // one CVE in one product
  std::string cve;
  std::string product_id;
  std::string product;       // as Microsoft writes it
  std::string branch;        // "10.0.19045"
  std::int64_t revision = 0; // 3570: fixed from this revision of the branch on
  std::string architecture;  // x64 | x86 | arm64 | "" (the product says none)
  bool server = false;
  std::string kb;            // "KB5022282"
};

struct Update {  // every KB the document names; branch "" when it fixes no build of Windows
  std::string kb;
  std::string branch;
  std::int64_t revision = 0;
};

struct Month {
  std::string month;  // "2023-01"
  std::vector<Advisory> advisories;
  std::vector<Fix> fixes;
  std::vector<Update> updates;
};

// "10.0.19045.3570" -> branch and revision; false for anything else.
[[nodiscard]] bool split_build(std::string_view text, std::string& branch, std::int64_t& revision);

// K0480-K0482.
[[nodiscard]] Result<Month> read_cvrf(std::string_view bytes, const std::string& place);
[[nodiscard]] Job cvrf_job();
[[nodiscard]] Result<Month> read_cvrf(WorkerPool& pool, const std::filesystem::path& path);

}  // namespace khien::vuln
