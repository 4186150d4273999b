// Volumes with their encryption, and the certificates that have a key.
#include "base/text.h"
#include "windows/com.h"

#include <wincrypt.h>
#include <winioctl.h>

#include <shobjidl.h>
#include <propsys.h>

#include "base/hash.h"
#include "windows/live.h"

namespace khien::windows {
namespace {

constexpr std::size_t kCertificates = 1000;

using namespace host_windows;  // NOLINT: this file is its other side

// The shell tells everybody what manage-bde tells administrators only.
std::optional<int> protection_of(const std::wstring& mount) {
  using MakeItem = HRESULT(WINAPI*)(const wchar_t*, IBindCtx*, const IID&, void**);
  using FindKey = HRESULT(WINAPI*)(const wchar_t*, PROPERTYKEY*);
  const auto make = function<MakeItem>("shell32.dll", "SHCreateItemFromParsingName");
  const auto find = function<FindKey>("propsys.dll", "PSGetPropertyKeyFromName");
  static const IID item2 = {0x7e9fb0d3, 0x919f, 0x4307,
                            {0xab, 0x2e, 0x9b, 0x18, 0x60, 0x31, 0x0c, 0x93}};
  PROPERTYKEY key{};
  if (make == nullptr || find == nullptr ||
      FAILED(find(L"System.Volume.BitLockerProtection", &key))) {
    return std::nullopt;
  }
  IShellItem2* item = nullptr;
  if (FAILED(make(mount.c_str(), nullptr, item2, reinterpret_cast<void**>(&item))) ||
      item == nullptr) {
    return std::nullopt;
  }
  int value = 0;
  const HRESULT code = item->GetInt32(key, &value);
  item->Release();
  return SUCCEEDED(code) ? std::optional(value) : std::nullopt;
}

// Whether the disk of a volume hangs on a bus of disks that are carried about. Asking takes no
// right.
std::optional<bool> is_external(const std::wstring& mount) {
  if (mount.size() < 2 || mount[1] != L':') return std::nullopt;
  const Handle volume(CreateFileW((L"\\\\.\\" + mount.substr(0, 2)).c_str(), 0,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0,
                                  nullptr));
  if (!volume.ok()) return std::nullopt;
  STORAGE_PROPERTY_QUERY query{};
  query.PropertyId = StorageDeviceProperty;
  query.QueryType = PropertyStandardQuery;
  std::vector<std::uint64_t> room(128);  // 1 KiB
  DWORD size = 0;
  if (DeviceIoControl(volume.get(), IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, room.data(),
                      static_cast<DWORD>(room.size() * 8), &size, nullptr) == 0 ||
      size < sizeof(STORAGE_DEVICE_DESCRIPTOR)) {
    return std::nullopt;
  }
  const auto* device = reinterpret_cast<const STORAGE_DEVICE_DESCRIPTOR*>(room.data());
  return device->RemovableMedia != 0 || device->BusType == BusTypeUsb ||
         device->BusType == BusType1394 || device->BusType == BusTypeSd ||
         device->BusType == BusTypeMmc;
}

std::string name_of(const CERT_NAME_BLOB& blob) {
  wchar_t text[1024];
  auto copy = blob;
  const DWORD n = CertNameToStrW(X509_ASN_ENCODING, &copy, CERT_X500_NAME_STR, text, 1024);
  return n > 1 ? utf8({text, n - 1}) : "";
}

std::string serial_of(const CRYPT_INTEGER_BLOB& blob) {
  std::string bytes(reinterpret_cast<const char*>(blob.pbData), blob.cbData);
  return hex(std::string(bytes.rbegin(), bytes.rend()));  // it is kept low byte first
}

// Keys of Microsoft's own software providers lie on the disk; every other provider was installed
// with a token or card. Nothing is opened: no PIN is asked.
std::optional<bool> on_hardware(const std::string& provider) {
  if (provider.empty()) return std::nullopt;
  const std::string lower = ascii_lower(provider);
  for (const char* word : {"smart card", "token", "minidriver"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return !lower.starts_with("microsoft");
}

void put_provider(const CERT_CONTEXT* found, StoreCertificate& out) {
  DWORD size = 0;
  if (CertGetCertificateContextProperty(found, CERT_KEY_PROV_INFO_PROP_ID, nullptr, &size) == 0) {
    return;
  }
  std::vector<std::uint64_t> room(size / 8 + 1);
  if (CertGetCertificateContextProperty(found, CERT_KEY_PROV_INFO_PROP_ID, room.data(), &size) ==
      0) {
    return;
  }
  const auto* info = reinterpret_cast<const CRYPT_KEY_PROV_INFO*>(room.data());
  out.has_key = true;
  if (info->pwszProvName != nullptr) out.provider = utf8(info->pwszProvName);
  out.hardware = on_hardware(out.provider);
}

void take_store(DWORD place, const char* shown, std::vector<StoreCertificate>& out) {
  const HCERTSTORE store =
      CertOpenStore(CERT_STORE_PROV_SYSTEM_W, 0, 0,
                    place | CERT_STORE_READONLY_FLAG | CERT_STORE_OPEN_EXISTING_FLAG, L"MY");
  if (store == nullptr) return;
  const CERT_CONTEXT* found = nullptr;
  while ((found = CertEnumCertificatesInStore(store, found)) != nullptr &&
         out.size() < kCertificates) {
    const CERT_INFO& info = *found->pCertInfo;
    StoreCertificate c;
    c.store = shown;
    c.subject = name_of(info.Subject);
    c.issuer = name_of(info.Issuer);
    c.self_signed = c.subject == c.issuer;
    c.serial = serial_of(info.SerialNumber);
    c.starts_at = ms_of(info.NotBefore);
    c.ends_at = ms_of(info.NotAfter);
    if (info.SignatureAlgorithm.pszObjId != nullptr) c.signature = info.SignatureAlgorithm.pszObjId;
    const char* key = info.SubjectPublicKeyInfo.Algorithm.pszObjId;
    if (key != nullptr) {
      const std::string_view id = key;
      c.key_type = id == "1.2.840.113549.1.1.1" ? "RSA" : id == "1.2.840.10045.2.1" ? "EC" : key;
    }
    c.key_bits = static_cast<int>(CertGetPublicKeyLength(
        X509_ASN_ENCODING, const_cast<CERT_PUBLIC_KEY_INFO*>(&info.SubjectPublicKeyInfo)));
    put_provider(found, c);
    out.push_back(std::move(c));
  }
  CertCloseStore(store, 0);
}

}  // namespace

void ask_volumes(Answers& out) {
  const Apartment com;
  const DWORD drives = GetLogicalDrives();
  if (drives == 0) {
    out.volumes.problem = Problem::broken;
    out.volumes.detail = detail_of("GetLogicalDrives", GetLastError());
    return;
  }
  for (int i = 0; i < 26; ++i) {
    if ((drives >> i & 1) == 0) continue;
    const std::wstring mount = {static_cast<wchar_t>(L'A' + i), L':', L'\\'};
    if (GetDriveTypeW(mount.c_str()) != DRIVE_FIXED) continue;
    Volume v;
    v.mount = utf8(mount);
    wchar_t system[64] = {};
    if (GetVolumeInformationW(mount.c_str(), nullptr, 0, nullptr, nullptr, nullptr, system, 64) !=
        0) {
      v.file_system = utf8(system);
    }
    v.system = same_name(v.mount.substr(0, 2), out.system.windows_folder.substr(0, 2));
    v.protection = protection_of(mount);
    v.external = is_external(mount);
    out.volumes.value.push_back(std::move(v));
  }
  out.volumes.problem = Problem::none;
}

void ask_certificates(Answers& out) {
  take_store(CERT_SYSTEM_STORE_CURRENT_USER, "CurrentUser\\MY", out.certificates.value);
  take_store(CERT_SYSTEM_STORE_LOCAL_MACHINE, "LocalMachine\\MY", out.certificates.value);
  out.certificates.problem = Problem::none;
}

Answers live_answers(const AskOptions& options) {
  Answers out;
  ask_system(out);
  ask_accounts(out);
  ask_services(out);
  ask_sockets(out);
  ask_shares(out);
  ask_volumes(out);
  ask_certificates(out);
  ask_management(out);
  ask_tasks(out);
  if (options.search_updates) {
    ask_updates(out);
  } else {
    out.updates.problem = Problem::absent;
    out.updates.detail = "--skip-update-search";
  }
  return out;
}

}  // namespace khien::windows
