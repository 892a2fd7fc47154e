# Completion of stampguard for fish; read it with: stampguard completion fish | source

# What may follow the command $argv: a word, what it takes, and what it is.
function __stampguard_lines
    switch "$argv"
@TABLE@
    end
end

# What the word $argv[1] takes, by the lines behind it.
function __stampguard_takes
    for line in $argv[2..]
        set -l parts (string split -m 2 ';' -- $line)
        if test "$parts[1]" = "$argv[1]"
            echo $parts[2]
            return
        end
    end
end

# Whether the word $argv[2] is the value that the option before it takes as $argv[1].
function __stampguard_is_value
    test -n "$argv[1]"; or return
    string match -q -- '=*' $argv[1]; or not string match -q -- '-*' $argv[2]
end

# What is of the kinds $takes, each behind $prefix.
function __stampguard_offer -a takes prefix value operand
    for kind in (string split -n ' ' -- (string sub -s 2 -- $takes))
        switch $kind
            case @files
                for found in (__fish_complete_path "$value")
                    echo "$prefix$found"
                end
            case @directories
                for found in (__fish_complete_directories "$value" '')
                    echo "$prefix$found"
                end
            case @command
                if test "$operand" = 1; and not string match -q '*/*' -- $value
                    __fish_complete_command
                else
                    __fish_complete_path "$value"
                end
            case '@*'
                set -l words (commandline -opc) (commandline -ct)
                for found in (printf '%s\n' $words | $words[1] __complete (string sub -s 2 -- $kind) 2>/dev/null)
                    echo "$prefix$found"
                end
            case '*'
                echo "$prefix$kind"
        end
    end
end

function __stampguard_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l at
    set -l wanted ''
    set -l plain ''
    set -l operand 1
    set -l lines (__stampguard_lines '')
    for word in $words[2..]
        if __stampguard_is_value "$wanted" $word
            set wanted ''
        else if test -z "$plain"; and string match -q -- '-*' $word
            set wanted ''
            set -l takes (__stampguard_takes $word $lines)
            test "$word" = --; and set plain 1
            string match -qr '^[=?]' -- "$takes"; and set wanted $takes
        else
            set wanted ''
            if test -z "$plain"; and contains -- + (__stampguard_takes $word $lines)
                set at $at $word
                set lines (__stampguard_lines $at)
            else
                set operand (math $operand + 1)
                contains -- =@command (__stampguard_takes '*' $lines); and set plain 1
            end
        end
    end

    if __stampguard_is_value "$wanted" "$current"
        __stampguard_offer $wanted '' "$current" 0
        string match -q '=*' -- $wanted; and return
    end
    if test -z "$plain"; and string match -q -- '-*=*' $current
        set -l parts (string split -m 1 = -- $current)
        __stampguard_offer (__stampguard_takes $parts[1] $lines) "$parts[1]=" "$parts[2]" 0
        return
    end
    for line in $lines
        set -l parts (string split -m 2 ';' -- $line)
        if string match -q -- '-*' $parts[1]
            if test -z "$plain"; and string match -q -- '-*' $current
                printf '%s\t%s\n' $parts[1] $parts[3]
            end
        else if test $parts[2] = +
            test -z "$plain"; and printf '%s\t%s\n' $parts[1] $parts[3]
        else if test -z "$plain"; and string match -q -- '-*' $current
            continue
        else if test $parts[1] = $operand; or test $parts[1] = '*'
            __stampguard_offer $parts[2] '' "$current" $operand
        end
    end
end

complete -c stampguard -e
complete -c stampguard -f -a '(__stampguard_complete)'
