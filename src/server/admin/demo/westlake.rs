//! 西湖驿 West Lake Inn, Hangzhou.

use crate::domain::Currency;
use crate::domain::Status::{Cancelled, CheckedOut, Confirmed, Held, InHouse, Lapsed, NoShow};
use crate::server::admin::demo::{DemoAccount, DemoDoors, DemoHotel, DemoRoomType, DemoStay, stay};
use crate::server::store::Role;

pub(super) const HOTEL: DemoHotel = DemoHotel {
    slug: "westlake",
    name: "西湖驿 West Lake Inn, Hangzhou",
    time_zone: "Asia/Shanghai",
    currency: Currency::Cny,
    language: "zh-CN",
    check_in_from: (14, 0),
    check_out_until: (12, 0),
    room_types: &[
        DemoRoomType("standard", "标准间 Standard room", 24, 2, 39_800),
        DemoRoomType("lake", "湖景房 Lake view room", 10, 2, 68_800),
        DemoRoomType("courtyard", "庭院套房 Courtyard suite", 1, 4, 128_800),
    ],
    doors: &[
        DemoDoors("standard", 2, 201, 12),
        DemoDoors("standard", 3, 301, 12),
        DemoDoors("lake", 5, 501, 10),
        DemoDoors("courtyard", 1, 101, 1),
    ],
    accounts: [
        DemoAccount {
            email: "desk@westlake.example",
            name: "沈佳怡",
            role: Role::FrontDesk,
            password: "westlake-demo-desk",
        },
        DemoAccount {
            email: "manager@westlake.example",
            name: "林志远",
            role: Role::Manager,
            password: "westlake-demo-manager",
        },
        DemoAccount {
            email: "rooms@westlake.example",
            name: "周秀兰",
            role: Role::Housekeeping,
            password: "westlake-demo-rooms",
        },
    ],
    stays: STAYS,
};

#[rustfmt::skip]
const STAYS: &[DemoStay] = &[
    stay("standard", (-2, 2), (2, 0), InHouse, ("陈静", "chenjing@mail.example"), ""),
    stay("standard", (-1, 3), (1, 0), InHouse, ("王伟", "wangwei@mail.example"), "需要开增值税发票"),
    stay("standard", (-3, 4), (2, 0), InHouse, ("李娜", "lina@mail.example"), ""),
    stay("lake", (-1, 3), (2, 0), InHouse, ("张敏", "zhangmin@mail.example"), "请安排安静的房间"),
    stay("lake", (-2, 4), (2, 0), InHouse, ("Emily Carter", "emily.carter@mail.example"), ""),
    stay("standard", (-4, 7), (1, 0), InHouse, ("佐藤健一", "sato.kenichi@mail.example"), ""),
    stay("standard", (-1, 1), (2, 0), InHouse, ("刘洋", "liuyang@mail.example"), ""),
    stay("standard", (0, 2), (2, 0), Confirmed, ("赵磊", "zhaolei@mail.example"), ""),
    stay("standard", (0, 1), (1, 0), Confirmed, ("孙丽", "sunli@mail.example"), "晚上十点左右到店"),
    stay("lake", (0, 3), (2, 0), Confirmed, ("周婷", "zhouting@mail.example"), ""),
    stay("standard", (0, 4), (2, 0), Confirmed, ("Daniel Kim", "daniel.kim@mail.example"), ""),
    stay("standard", (1, 2), (2, 0), Confirmed, ("吴昊", "wuhao@mail.example"), ""),
    stay("standard", (2, 2), (1, 0), Confirmed, ("徐晓燕", "xuxiaoyan@mail.example"), ""),
    stay("lake", (3, 2), (2, 0), Confirmed, ("朱文博", "zhuwenbo@mail.example"), "结婚纪念日"),
    stay("standard", (4, 3), (2, 0), Confirmed, ("胡雪", "huxue@mail.example"), ""),
    stay("lake", (6, 2), (1, 0), Confirmed, ("高翔", "gaoxiang@mail.example"), ""),
    stay("standard", (8, 3), (2, 0), Confirmed, ("方晓", "fangxiao@mail.example"), "带一只小行李车"),
    stay("standard", (1, 1), (2, 0), Held, ("何俊杰", "hejunjie@mail.example"), ""),
    stay("lake", (2, 2), (2, 0), Held, ("郭雨桐", "guoyutong@mail.example"), ""),
    stay("standard", (-5, 3), (2, 0), CheckedOut, ("马超", "machao@mail.example"), ""),
    stay("standard", (-3, 3), (2, 0), CheckedOut, ("罗欣怡", "luoxinyi@mail.example"), ""),
    stay("lake", (-6, 2), (2, 0), CheckedOut, ("Isabelle Moreau", "isabelle.moreau@mail.example"), ""),
    stay("courtyard", (-7, 3), (3, 1), CheckedOut, ("梁思源", "liangsiyuan@mail.example"), "老人同行，请备无障碍扶手"),
    stay("standard", (-2, 1), (1, 0), CheckedOut, ("宋明", "songming@mail.example"), ""),
    stay("standard", (1, 2), (2, 0), Cancelled, ("谢婷婷", "xietingting@mail.example"), "行程有变"),
    stay("lake", (5, 3), (2, 0), Cancelled, ("唐建国", "tangjianguo@mail.example"), ""),
    stay("courtyard", (4, 2), (4, 0), Cancelled, ("韩梅", "hanmei@mail.example"), ""),
    stay("standard", (-1, 1), (1, 0), NoShow, ("冯涛", "fengtao@mail.example"), ""),
    stay("lake", (-2, 2), (2, 0), NoShow, ("Robert Hughes", "robert.hughes@mail.example"), ""),
    stay("standard", (3, 1), (2, 0), Lapsed, ("曹颖", "caoying@mail.example"), ""),
];
