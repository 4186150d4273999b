// Tools and traces of intruders.

rule credential_theft_tool
{
  meta:
    description = "Tool that reads passwords out of Windows memory"
    severity = "critical"
  strings:
    $a = "sekurlsa::logonpasswords" nocase wide ascii
    $b = "lsadump::sam" nocase wide ascii
    $c = "kerberos::golden" nocase wide ascii
    $d = "privilege::debug" nocase wide ascii
    $e = "gentilkiwi" nocase wide ascii
  condition:
    uint16(0) == 0x5A4D and 2 of them
}

rule ransom_note
{
  meta:
    description = "Text that demands a payment for encrypted files"
    severity = "high"
  strings:
    $done1 = "files have been encrypted" nocase wide ascii
    $done2 = "files are encrypted" nocase wide ascii
    $done3 = "encrypted all your files" nocase wide ascii
    $pay1 = "bitcoin" nocase wide ascii
    $pay2 = "monero" nocase wide ascii
    $pay3 = ".onion" nocase wide ascii
    $key1 = "decryptor" nocase wide ascii
    $key2 = "private key" nocase wide ascii
    $key3 = "decrypt your files" nocase wide ascii
    $key4 = "decryption" nocase wide ascii
    $key5 = "recover your files" nocase wide ascii
  condition:
    filesize < 256KB and extension matches /^(txt|htm|html|hta|rtf|md)$/
    and any of ($done*) and any of ($pay*) and any of ($key*)
}

rule shadow_copies_deleted
{
  meta:
    description = "Program or script that deletes the shadow copies and the boot recovery, as ransomware does first"
    severity = "high"
  strings:
    $a = /vssadmin(\.exe)?\s{1,4}delete\s{1,4}shadows/ nocase wide ascii
    $b = /wmic(\.exe)?\s{1,4}shadowcopy\s{1,4}delete/ nocase wide ascii
    $c = /bcdedit(\.exe)?\s{1,4}\/set\s{1,4}\{default\}\s{1,4}recoveryenabled\s{1,4}no/ nocase wide ascii
    $d = /wbadmin(\.exe)?\s{1,4}delete\s{1,4}(catalog|systemstatebackup)/ nocase wide ascii
  condition:
    filesize < 20MB and 2 of them
    and (uint16(0) == 0x5A4D or extension matches /^(bat|cmd|ps1|vbs|js|hta)$/)
}
