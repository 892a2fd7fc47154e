# Prints what the script $argv[1] offers for the line $argv[2].
source $argv[1]
complete -C $argv[2]
