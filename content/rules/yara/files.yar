// Files that pretend to be something else, and what starts programs from a stick.

import "pe"

rule program_named_as_document
{
  meta:
    description = "Program whose name ends like a document (bao-cao.pdf.exe)"
    severity = "high"
  condition:
    uint16(0) == 0x5A4D and pe.is_pe
    and filename matches /\.(pdf|docx?|xlsx?|pptx?|rtf|txt|jpe?g|png|zip|rar)[ ._]{0,80}\.(exe|scr|com|pif)$/
}

rule program_with_extension_of_document
{
  meta:
    description = "Program saved under the ending of a document or picture"
    severity = "high"
  condition:
    uint16(0) == 0x5A4D and pe.is_pe
    and extension matches /^(pdf|docx?|xlsx?|pptx?|rtf|txt|jpe?g|png|gif|mp4)$/
}

rule name_turned_around
{
  meta:
    description = "File name with a mark that turns the reading direction, to hide its true ending"
    severity = "high"
  condition:
    filename contains "\xE2\x80\xAE" or filename contains "\xE2\x80\xAD"
}

rule shortcut_runs_command
{
  meta:
    description = "Windows shortcut that starts a command line, as worms on sticks use"
    severity = "high"
  strings:
    $header = { 4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
    $shell1 = "cmd.exe" nocase wide ascii
    $shell2 = "powershell" nocase wide ascii
    $shell3 = "mshta" nocase wide ascii
    $shell4 = "wscript" nocase wide ascii
    $shell5 = "rundll32" nocase wide ascii
    $hide1 = "/c start" nocase wide ascii
    $hide2 = "-w hidden" nocase wide ascii
    $hide3 = "-windowstyle hidden" nocase wide ascii
    $hide4 = "-enc" nocase wide ascii
    $hide5 = "http" nocase wide ascii
    $hide6 = "%temp%" nocase wide ascii
    $hide7 = "RECYCLER" nocase wide ascii
    $hide8 = "explorer %cd%" nocase wide ascii
  condition:
    $header at 0 and filesize < 1MB and any of ($shell*) and any of ($hide*)
}

rule autorun_of_stick
{
  meta:
    description = "autorun.inf that starts a program"
    severity = "medium"
  strings:
    $section = "[autorun]" nocase
    $open = /(^|\n)\s{0,8}(open|shellexecute|shell\\[a-z]{1,20}\\command)\s{0,8}=\s{0,8}[^\r\n]{1,200}\.(exe|scr|com|bat|cmd|vbs|js|pif|dll)/ nocase
  condition:
    filename == "autorun.inf" and filesize < 64KB and $section and $open
}

rule antivirus_test_file
{
  meta:
    description = "EICAR test file: harmless, shows that the scan works"
    severity = "info"
  strings:
    $a = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" ascii
    $b = "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*" ascii
  condition:
    $a at 0 and $b and filesize < 256
}
