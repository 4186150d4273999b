export LANG=vi_VN.UTF-8
